"""Titles and addresses of the pages every portal has, in each language."""

from __future__ import annotations

HOME = {
    "az": "Ana səhifə",
    "tr": "Ana sayfa",
    "en": "Home",
    "ru": "Главная",
    "kk": "Басты бет",
}

# Page class name: language: (title, address).
INDEXES: dict[str, dict[str, tuple[str, str]]] = {
    "CatalogueIndexPage": {
        "az": ("Kataloq", "kataloq"),
        "tr": ("Katalog", "katalog"),
        "en": ("Catalogue", "catalogue"),
        "ru": ("Каталог", "katalog"),
        "kk": ("Каталог", "katalog"),
    },
    "ProgrammeIndexPage": {
        "az": ("Proqramlar", "proqramlar"),
        "tr": ("Programlar", "programlar"),
        "en": ("Programmes", "programmes"),
        "ru": ("Программы", "programmy"),
        "kk": ("Бағдарламалар", "bagdarlamalar"),
    },
    "CentreIndexPage": {
        "az": ("Təlim mərkəzləri", "merkezler"),
        "tr": ("Eğitim merkezleri", "merkezler"),
        "en": ("Training centres", "centres"),
        "ru": ("Учебные центры", "centry"),
        "kk": ("Оқу орталықтары", "ortalyqtar"),
    },
    "ProviderIndexPage": {
        "az": ("Təşkilatlar", "teskilatlar"),
        "tr": ("Kurumlar", "kurumlar"),
        "en": ("Providers", "providers"),
        "ru": ("Организации", "organizacii"),
        "kk": ("Ұйымдар", "uiymdar"),
    },
    "NewsIndexPage": {
        "az": ("Xəbərlər", "xeberler"),
        "tr": ("Haberler", "haberler"),
        "en": ("News", "news"),
        "ru": ("Новости", "novosti"),
        "kk": ("Жаңалықтар", "zhanalyqtar"),
    },
}
