"""Roots that look as if they carried a suffix, folded; the rules take suffixes only after them.

General vocabulary of administration, law, economy and everyday life. A missing root costs recall
of that word alone: its forms part. The list grows from the report of queries that find nothing.
"""

from __future__ import annotations


def _alternatives(words: str) -> str:
    """One pattern for all of them, the longest first: qanun before qan."""
    return "|".join(sorted(set(words.split()), key=lambda word: (-len(word), word)))


_TURKIC = """
    insan zaman plan ekran divan meydan orqan organ liman roman kapitan veteran vicdan imkan heyvan
    hayvan qurban kurban sultan vetan veten duman derman tufan alan uzman eleman duzen neden lisan
    nisan ilan elan cavan orman dusmen beden mizan vatan xan kan qan can san fidan
    ordu
    metin qadin kadin din kin altin altun oyun boyun qoyun koyun sorun yayin basin aydin butun yaxin
    yakin axin akin qanun kanun telefon rayon komisyon milyon ton son fon sezon salon balkon
    betin burun uzun un gun
    polis meclis gorus giris cixis cikis satis alis baxis bakis bilis enis inis artis deyis yaris
    danis servis ofis adres proses kongres maas das bas yas as us tas kurs ders is
    vetendas vatandas emekdas yoldas arkadas calis calisan baris varis tapis keciris gecis
    qurulus kurulus satinalis
    telim egitim yonetim ogretim iletisim denetim yatirim katilim kurum toplum uzum bilim rejim
    islam iqlim iklim program proqram islem onlem yontem muellim mudir mudur alim adam tedbir
    tanitim uretim gelisim degisim donusum yazilim donanim ogrenim bolum olum durum yorum kalem
    qelem islam xanim hanim sistem problem gundem dirhem elem dirsek sekil sekiz
    imtahan ogretmen gorev vezife olke iclas tarix inzibat medeniyyet sened kend elektron savad
    metod period kod seved ferd mesed maqsed meqsed had hadis
    ev su dil il el ad ag ac ek en er et is iz ot oy oz ok uc un uz yol kol qol
    lider dizayner dollar radar kedar qedar qeder kader keder
    konsey olay kolay saray sanayi emek tablo buro radio metro foto video kilo logo demo unvan
    isim girisim ekim adim resim komanda aday nufus namized odenis
    hasta xeste usta pasta posta liste siste kasta vasita vasite
"""
TURKIC_ROOTS = _alternatives(_TURKIC)

_KAZAKH = """
    дагды билим бала тагам кадам адам когам жалакы отбасы тери екинши кезен
    маман аудан емтихан кеден нысан заман майдан орган роман лиман капитан ветеран экран план ойын
    шыгын матин келин алтын жакын акын орын отын кун тутин
    тендер лидер гендер компьютер принтер бухгалтер доллар радар багдар дилер контроллер литер
    мастер центр кадр адрес
    кесте пошта карта баста сауда аренда команда мода пайда зауда ауда лента квота дата
    ел ис уй ай ой су ту ат от ет ер ас
    уйым топ тургын жаргы зейнетакы жардемакы
    телефон каржы жели шакиртакы кенес нотариус даус
"""
KAZAKH_ROOTS = _alternatives(_KAZAKH)
