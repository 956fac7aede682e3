"""Words that make a question of a query and say nothing of its subject, folded.

They are looked for like any other, and left out when nothing has all the words.
"""

from __future__ import annotations

_AZ = """
    nece nedir neler hansi harada haradan kim niye menim mene biz bize sen size olar lazim lazimdir
    isteyirem etmek elemek olmaq edirem axtariram tapmaq barede dair haqda var yox
"""
_TR = """
    nasil nedir neler hangi nerede nereden kim neden benim bana biz bize sen size olur gerek
    gerekir istiyorum etmek yapmak yapilir olmak ariyorum bulmak var yok mi mu ilgili dair
"""
_EN = """
    how what where which who whom why when can could should would may do does did i me my we our us
    you your want need like get make find looking look learn about from have has am any some
"""
_RU = """
    какой какая какие где куда кто почему зачем когда можно нужно надо хочу мне мой моя нам наш вам
    ваш есть ли найти ищу сделать делать это такое чтобы про
"""
_KK = """
    калай кандай не неге деген кайда кайдан ким кашан маган менин бизге биздин сизге сиздин керек
    болады болама бар жок калаймын издеймин табу жайлы жайында
"""
FILLERS = frozenset(" ".join((_AZ, _TR, _EN, _RU, _KK)).split())
