"""Words that make a question of a query and say nothing of its subject, folded.

Everything here is a course, and whoever searches wants to learn: those words say nothing either.
They are looked for like any other, and left out when nothing has all the words.
"""

from __future__ import annotations

_AZ = """
    nece nedir neler hansi harada haradan kim niye menim mene biz bize sen size olar lazim lazimdir
    isteyirem etmek elemek olmaq edirem axtariram tapmaq barede dair haqda var yox
    etmeliyem etmeliyik etmeli edim edek eder edir edirik bilerem bilirem oldum oldu olub olmusam
    mumkun mumkundur lazimsa nedi neye hara zaman sonra evvel
    kurs kursu kurslar telim telimi telimler ders dersi dersler dersleri oyrenmek oyrenirem
"""
_TR = """
    nasil nedir neler hangi nerede nereden kim neden benim bana biz bize sen size olur gerek
    gerekir istiyorum etmek yapmak yapilir olmak ariyorum bulmak var yok mi mu ilgili dair
    yapmaliyim yapmali yapar yaparim yapariz ederim eder edilir edebilir edebilirim miyim musun
    oldum oldu olunca olursa olacak olmali acaba galiba lutfen sonra once nelere neye
    kurs kursu kurslar egitim egitimi egitimler ders dersi dersleri ogrenmek ogreniyorum
"""
_EN = """
    how what where which who whom why when can could should would may do does did i me my we our us
    you your want need like get make find looking look learn about from have has am any some
    must shall am are be been being were was cannot please after before if so then them they
    course courses training class classes lesson lessons learning tutorial
"""
_RU = """
    какой какая какие где куда кто почему зачем когда можно нужно надо хочу мне мой моя нам наш вам
    ваш есть ли найти ищу сделать делать это такое чтобы про
    делаю делают могу можем должен должна должны нужен нужна нужны буду будет было был была если
    пожалуйста после перед
    курс курсы курса курсов обучение обучения тренинг урок уроки учиться научиться изучать изучение
"""
_KK = """
    калай кандай не неге деген кайда кайдан ким кашан маган менин бизге биздин сизге сиздин керек
    болады болама бар жок калаймын издеймин табу жайлы жайында
    истеймин истеу истеймиз алдым алам алсам болып болдым болсам болмайды боламын калсам жатыр тур
    ма ме ба бе па пе еди екен шыгар кейин бурын ушин
    курс курсы курстар тренинг оку сабак сабагы сабактар уйрену уйренгим
"""
FILLERS = frozenset(" ".join((_AZ, _TR, _EN, _RU, _KK)).split())
