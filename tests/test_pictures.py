"""What is found in whole sentences, as pictures (see pictures.py)."""

from __future__ import annotations

import pytest

from helpers import rules
from pictures import assert_picture, draw

PICTURES = """
Совет Безопасности в резолюции 1540 (2004) призвал государства соблюдать ДНЯО и КХО.
╰───────────────── org:UNSC
                     ╰──────────────────── res:S/RES/1540(2004)
                                                                         ╰─── treaty:NPT
                                                                                ╰── treaty:CWC

Security Council resolution 2397 (2017) was drafted by China and the Russian Federation.
╰────────────────────────────────────── res:S/RES/2397(2017)
╰─────────────── org:UNSC
                                                       ╰──── state:CHN
                                                                     ╰───────────────── state:RUS

От имени государств – членов ОДКБ выступил представитель Кыргызской Республики.
                             ╰─── org:CSTO
                                                         ╰──────────────────── state:KGZ

The Committee established pursuant to resolution 1540 (2004) met IAEA and OPCW experts.
    ╰─────────────────────────────────────────────────────── org:1540-Committee
                                      ╰───────────────────── res:S/RES/1540(2004)
                                                                 ╰─── org:IAEA
                                                                          ╰─── org:OPCW

Комитет, учрежденный резолюцией 1718 (2006), издал документ S/2019/171.
╰────────────────────────────────────────── org:1718-Committee
                     ╰───────────────────── res:S/RES/1718(2006)
                                                            ╰───────── doc:S/2019/171

Российско-китайское заявление поддержала иранская делегация.
╰──────── state:RUS adjective
          ╰──────── state:CHN adjective
                                         ╰─────── state:IRN adjective

in resolutions 1718 (2006), 1874 (2009) and 2094 (2013) on the DPRK
   ╰────────────────────── res:S/RES/1718(2006)
                            ╰────────── res:S/RES/1874(2009)
                                            ╰────────── res:S/RES/2094(2013)
                                                               ╰─── state:PRK

резолюции Совета Безопасности ООН 1695, 1718 и 1874 по КНДР
╰───────────────────────────────────── res:S/RES/1695(2006)
          ╰────────────────────── org:UNSC
                              ╰── org:UN
                                        ╰─── res:S/RES/1718(2006)
                                               ╰─── res:S/RES/1874(2009)
                                                       ╰─── state:PRK

General Assembly resolution 71/258 led to the TPNW.
╰───────────────────────────────── res:A/RES/71/258
╰─────────────── org:UNGA
                                              ╰─── treaty:TPNW

резолюция 2373 (XXII) Генеральной Ассамблеи и ДНЯО
╰────────────────────────────────────────── res:A/RES/2373(XXII)
                      ╰──────────────────── org:UNGA
                                              ╰─── treaty:NPT

Neither the NPT thread nor the START button is a treaty; the NPT is.
                                                             ╰── treaty:NPT

resolution 1540 (2005) of the Security Council
╰───────────────────────────────────────────── res:S/RES/1540(2004) [year-mismatch]
                              ╰─────────────── org:UNSC

The [Chemical Weapons Convention](https://www.opcw.org/cwc) and the **OPCW**
     ╰────────────────────────── treaty:CWC
                                                                      ╰─── org:OPCW

Члены Совета Безoпасности осудили испытание.
      ╰────────────────── org:UNSC [lookalike-letters]

The members ofCIS and the EAEU met in Minsk.
              ╰── org:CIS [glued]
                          ╰─── org:EAEU

Georgia and Armenia are in a list; Chad is not.
╰────── state:GEO
            ╰────── state:ARM

South Georgia, Lake Chad, Mexico City and the Chadian delegation
                                              ╰────── state:TCD adjective

SALT preceded SALT I and SALT II.
╰─── (treaty | treaty:SALT-I | treaty:SALT-II) [ambiguous]
              ╰───── treaty:SALT-I
                         ╰────── treaty:SALT-II

МИД РФ и Сенат США обменялись нотами.
╰───── (organization)
    ╰─ state:RUS
         ╰──────── (organization)
               ╰── state:USA

the Amendment to the Convention on the Physical Protection of Nuclear Material
    ╰───────────────────────────────────────────────────────────────────────── treaty:CPPNM-Amendment
                     ╰──────────────────────────────────────────────────────── treaty:CPPNM

СССР, Чехословакия и Югославия подписали его; Россия – правопреемник.
╰─── state:SUN
      ╰─────────── state:CSK
                     ╰──────── state:YUG
                                              ╰───── state:RUS

The Comprehensive Nuclear-Test-Ban Treaty Organization (CTBTO) awaits the CTBT.
    ╰───────────────────────────────────────────────── org:CTBTO
                                                        ╰──── org:CTBTO
                                                                          ╰─── treaty:CTBT

Организация по запрещению химического оружия (ОЗХО) получила Нобелевскую премию мира.
╰─────────────────────────────────────────── org:OPCW
                                              ╰─── org:OPCW

He spoke in Russian. The Russian delegate spoke in French.
                         ╰────── state:RUS adjective

The representative of Iran (Islamic Republic of) cited INFCIRC/140 and A/RES/77/54.
                      ╰───────────────────────── state:IRN
                                                       ╰────────── doc:INFCIRC/140
                                                                       ╰────────── res:A/RES/77/54

в контексте Резолюции СБ ООН 1540 и Устава Организации Объединенных Наций
            ╰──────────────────── res:S/RES/1540(2004)
                      ╰───── org:UNSC
                         ╰── org:UN
                                    ╰──────────────────────────────────── treaty:UN-Charter
                                           ╰───────────────────────────── org:UN

La délégation est pour la paix dans le monde ; voir S/RES/1540 (2004) et l'Iran.
                                                    ╰──────────────── res:S/RES/1540(2004) [unsupported-language]
"""


@pytest.mark.parametrize("picture", PICTURES.strip("\n").split("\n\n"), ids=lambda picture: ascii(picture)[1:40])
def test_a_sentence(picture: str):
    assert_picture(picture.partition("\n")[0], picture)


def test_a_name_over_two_lines():
    assert_picture(
        "Договор о нерас\u00adпространении ядер-\nного оружия и МАГАТЭ",
        """
        Договор о нерас·пространении ядер-⏎ного оружия и МАГАТЭ
        ╰───────────────────────────────────────────── treaty:NPT
                                                         ╰───── org:IAEA
        """,
    )


def test_two_paragraphs_in_two_languages():
    assert_picture(
        "The Treaty of Tlatelolco and OPANAL.\n\nДоговор Тлателолко и ОПАНАЛ.",
        """
        The Treaty of Tlatelolco and OPANAL.⏎⏎Договор Тлателолко и ОПАНАЛ.
            ╰─────────────────── treaty:Tlatelolco
                                     ╰───── org:OPANAL
                                              ╰───────────────── treaty:Tlatelolco
                                                                   ╰───── org:OPANAL
        """,
    )


def test_a_wrong_picture_fails_with_both():
    with pytest.raises(AssertionError, match=r"(?s)found:\nООН\n╰── org:UN\n\nexpected:\nООН\n╰── org:EU"):
        assert_picture("ООН", "ООН\n╰── org:EU")


def test_a_column_is_a_code_point():
    document = rules().extract("e\u0301\u200b\ud800\U0001f1fa ООН")
    text, bar = draw(document).split("\n")
    assert len(text) == len(document.text)
    assert bar.index("╰") == document.text.index("ООН") == text.index("ООН")
