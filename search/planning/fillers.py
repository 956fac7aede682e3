"""Words that make a question of a query and say nothing of its subject, folded.

Everything here is a course, and whoever searches wants to learn: those words say nothing either,
nor does how a course is held, which is what the facets are for.
They are looked for like any other, and left out when nothing has all the words.
"""

from __future__ import annotations

import re

_AZ = """
    nece nedir neler hansi harada haradan kim niye menim mene biz bize sen size olar lazim lazimdir
    isteyirem etmek elemek olmaq edirem axtariram tapmaq barede dair haqda var yox
    etmeliyem etmeliyik etmeli edim edek eder edir edirik bilerem bilirem oldum oldu olub olmusam
    mumkun mumkundur lazimsa nedi neye hara zaman sonra evvel
    edirler eden edende edesen etsin etsinler ede edilir edilmelidir etmir etmirem olsun olmaz
    olarmi olanda oldugu olmali olmalidir olmusuq bilmirem bilmek bilen bilsin bilsinler isteyirik
    isteyen isteyir istesem lazimdirmi mumkundurmu gerek gerekdir gerekli basla baslayim baslamali
    baslamaq haradasa onlar onlara onlari bunu buna bunun menimki bizim sizin oz ozum ozumu zehmet
    olsa onlayn online distant video videoders videodersler videokurs vebinar pulsuz sifirdan
    verim verirem vermeliyem verek seher seheri seherinde sehri
    kurs kursu kurslar telim telimi telimler ders dersi dersler dersleri oyrenmek oyrenirem
"""
_TR = """
    nasil nedir neler hangi nerede nereden kim neden benim bana biz bize sen size olur gerek
    gerekir istiyorum etmek yapmak yapilir olmak ariyorum bulmak var yok mi mu ilgili dair
    yapmaliyim yapmali yapar yaparim yapariz ederim eder edilir edebilir edebilirim miyim musun
    oldum oldu olunca olursa olacak olmali acaba galiba lutfen sonra once nelere neye
    yapayim yapsam yapsin yaptim yapiyor yapiyorum yapmaliyiz yapacagim yapacagiz ediyor ediyorum
    etmeliyim etmeliyiz etmeli edeyim edemiyorum eden eder edecegim edecegiz alabilirim alabilir
    istiyoruz isteyen isterim bilmiyorum bilmek lazim gerekli gerekiyor mumkun musunuz miyiz muyum
    oluyor olacak oldugunda olabilir olsun olmayan olurum bunu buna bunun bizim sizin kendi kendim
    baslamali baslamaliyim baslarim baslasam
    cevrimici online video videolu canli webinar ucretsiz sifirdan
    sehri sehrinde sehrindeki ilinde
    kurs kursu kurslar egitim egitimi egitimler ders dersi dersleri ogrenmek ogreniyorum
"""
_EN = """
    how what where which who whom why when can could should would may do does did i me my we our us
    you your want need like get make find looking look learn about from have has am any some
    im ive dont doesnt cant something someone anyone anything whether without know knows needs wants
    help show tell start begin starting mine every each whose went going gone got getting
    online video videos webinar free beginner beginners intro scratch
    must shall am are be been being were was cannot please after before if so then them they
    city town
    course courses training class classes lesson lessons learning tutorial
"""
_RU = """
    какой какая какие где куда кто почему зачем когда можно нужно надо хочу мне мой моя нам наш вам
    ваш есть ли найти ищу сделать делать это такое чтобы про
    делаю делают могу можем должен должна должны нужен нужна нужны буду будет было был была если
    пожалуйста после перед делаем сделал сделали получить могут может хотим хотят хочет умею умеем
    знаю знать понять разобраться начать начинать стал стала стали стать наши нашу нашей нашего
    наших мою моего моей моем свой свою своего них них ним ими им его ее кого кому чем чего чему
    этого этот эта эти этом ли бы также помогите подскажите чей чья
    онлайн видео видеоурок видеоуроки вебинар бесплатно бесплатный нуля начинающих новичков
    город городе города
    курс курсы курса курсов обучение обучения тренинг урок уроки учиться научиться изучать изучение
"""
_KK = """
    калай кандай не неге деген кайда кайдан ким кашан маган менин бизге биздин сизге сиздин керек
    болады болама бар жок калаймын издеймин табу жайлы жайында
    истеймин истеу истеймиз алдым алам алсам болып болдым болсам болмайды боламын калсам жатыр тур
    истейм истейди истейсин истесем истеуим жасаймын жасауга жасау керекпин керекпе келеди келсе
    келсин келем гой болады болатын болса болганда болгасын бастаймын бастау бастаса бастап неден
    недеп неше немен бола аламын алады алуга бере берем бересиз билмеймин билгим билу тусинемин
    олар оларга оларды соны муны мунын онын оз озим озимиз оган маган бизге менде бизде
    онлайн видео бейне бейнесабак вебинар тегин нолден
    ма ме ба бе па пе еди екен шыгар кейин бурын ушин
    кала каласы каласында каласындагы
    курс курсы курстар тренинг оку сабак сабагы сабактар уйрену уйренгим
"""
FILLERS = frozenset(" ".join((_AZ, _TR, _EN, _RU, _KK)).split())

# What somebody did or does: I lost, I am buying. Only where no entry has the word.
_FINITE = re.compile(
    r".{2,}(?:d[iu][mk]|(?<=[cfhkpqst])t[iu][mk]|[iu]r[ae]m|[iu]r[iu][kq]|[iu]yor(?:um|uz|lar)?|"
    r"m[ae]l[iu]y[iae]m|ac[ae][gk][iae]?m|"
    r"дым|дим|тым|тим|дык|дик|тык|тик|[аей]мын|[аей]мин|[аеы]йды|[аеи]йди)"
)
_NUMBER = re.compile(r"[0-9][0-9.,]*")


def says_little(word: str) -> bool:
    """True for a folded word that, if nothing has it, hardly changes what is sought.

    Verbs in the first person tell what happened; numbers of years and parts do not make a subject.
    """
    return word in FILLERS or bool(_FINITE.fullmatch(word) or _NUMBER.fullmatch(word))
