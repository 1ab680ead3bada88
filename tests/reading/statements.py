"""Texts for tests of readers, written for them. A dot in the middle shows where a word may be divided."""

from __future__ import annotations

ENGLISH = [
    "The Presi·dent (spoke in French): I thank the repre·sentative of Jordan for his state·ment and for the kind "
    "words that he addressed to the Presi·dency.",
    "Mr. Alvarez (Chile) (spoke in Spanish): My dele·gation would like to begin by recalling resol·ution 1540 (2004),"
    " which the Security Council adopted on 28 April 2004 and which obliges all States to refrain from supporting "
    "non-State actors in any attempt to acquire nuclear, chemical or biolog·ical weapons.",
    "Three years have passed since the Committee established pursuant to that resol·ution presented its "
    "comprehen·sive review. In that time the Russian Federation, the United Kingdom of Great Britain and Northern "
    "Ireland and the United States of America have submitted further reports, and so has the Republic of Korea.",
    "We welcome the cooper·ation of the Committee with the Inter·national Atomic Energy Agency, the Organi·sation for"
    " the Prohib·ition of Chemical Weapons and the World Customs Organi·zation. At the same time, we regret that the "
    "Conference on Disarma·ment has not been able to agree on a programme of work.",
    "My country has been a party to the Treaty on the Non-Prolif·eration of Nuclear Weapons since 1995. The "
    "non-prolif·eration regime rests on three pillars, and none of them may be neg·lected. We call on all States that"
    " have not yet done so to ratify the Compre·hensive Nuclear-Test-Ban Treaty without delay and without "
    "condi·tions.",
    "With regard to the Democratic People's Republic of Korea, the sanctions imposed by resol·utions 1718 (2006) and "
    "1874 (2009) must be imple·mented in full. The Panel of Experts estab·lished pursuant to resol·ution 1874 (2009) "
    "deserves our support.",
    "In conclu·sion, let me say that the General Assembly, in its resol·ution 60/288, gave us a strategy, and that "
    "the European Union, the African Union and the Orga·nization for Secu·rity and Co-oper·ation in Europe stand "
    "ready to help.",
    "The Presi·dent (spoke in French): There are no further names on the list of speakers. The Council has thus "
    "concluded the present stage of its consid·eration of the item on its agenda.",
]

RUSSIAN = [
    "Предсе·датель (говорит по-французски): Я благо·дарю предста·вителя Иордании за его заяв·ление и за любезные "
    "слова в адрес Предсе·дателя.",
    "Г-н Петров (Российская Федерация): Прежде всего хотел бы напом·нить о резо·люции 1540 (2004), которую Совет "
    "Безопас·ности принял 28 апреля 2004 года и которая обязы·вает все госу·дарства воздер·живаться от оказания "
    "какой-либо поддержки негосу·дарственным субъектам, пыта·ющимся приобрести ядерное, хими·ческое или "
    "биоло·гическое оружие.",
    "Прошло три года с тех пор, как Комитет, учреж·денный этой резо·люцией, предс·тавил свой всеобъем·лющий обзор. За"
    " это время Соединенные Штаты Америки, Соеди·ненное Королевство Вели·кобритании и Северной Ирландии и Республика "
    "Корея направили Комитету допол·нительные доклады.",
    "Мы привет·ствуем взаимо·действие Комитета с Междуна·родным агент·ством по атомной энергии, Органи·зацией по "
    "запре·щению химичес·кого оружия и Всемирной таможенной органи·зацией. Вместе с тем мы сожалеем, что Конфе·ренция"
    " по разору·жению не смогла согла·совать программу работы.",
    "Наша страна является участ·ником Договора о нераспро·странении ядерного оружия. Режим нераспро·странения "
    "опирается на три компо·нента, и ни одним из них нельзя прене·брегать. Мы призываем все госу·дарства, которые "
    "этого еще не сделали, ратифи·цировать Договор о всеобъем·лющем запре·щении ядерных испытаний без промед·ления и "
    "без каких-либо условий.",
    "Что касается Корейской Народно-Демокра·тической Респуб·лики, то санкции, введенные резо·люциями 1718 (2006) и "
    "1874 (2009), должны осущест·вляться в полном объеме. Группа экспертов заслужи·вает нашей поддержки.",
    "В заклю·чение скажу, что Генераль·ная Ассамблея в своей резо·люции 60/288 дала нам стра·тегию и что Органи·зация"
    " Договора о коллек·тивной безопас·ности, Содру·жество Независимых Госу·дарств и Шанхай·ская органи·зация "
    "сотрудни·чества готовы помогать странам Северо-Восточной Азии.",
    "Предсе·датель (говорит по-французски): Список ораторов исчерпан. На этом Совет завершает нынешний этап "
    "рассмо·трения данного пункта повестки дня.",
]
