"""Text as it compares: signs that only look different are one sign. Lists, names of offices and documents ask here."""

from __future__ import annotations

import unicodedata

# CJK Radicals Supplement, U+2E81 to U+2EF3, and strokes, U+31C6 to U+31E1: fonts in PDF files write whole words with
# them (㇐ is 一), and NFKC leaves them as they are. Source: the Unicode property Equivalent_Unified_Ideograph; what has
# none (⺀, the other strokes) stays. Kangxi radicals (U+2F00 to U+2FD5) and compatibility ideographs fold by NFKC.
_RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺"
    "⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
    "㇆㇏㇐㇑㇒㇓㇔㇕㇖㇗㇘㇙㇚㇛㇜㇝㇞㇟㇠㇡"
)
_UNIFIED = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀"
    "聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
    "𠃌乀一丨丿丿丶𠃍乛𠃊𠃎𠄌亅𡿨𠃋乀𠃑乚乙𠄎"
)
# Traditional and variant forms that stand in names of places, offices and people. No table of all signs: what is not
# here stays different, which is said to the clerk as an office of its own.
_TRADITIONAL = (
    "檢區縣東寧廣蘇漢濱濟濰煙臺萊龍豐華國陽陰雲貴慶鎮鄉鐵門關長馬魚鳥島嶺岡崗臨當塗無錫鹽揚義烏麗紹興溫莊劉張陳趙黃吳鄭馮蔣韓楊許葉鄧"
    "蕭賈譚鄒羅閻盧賴龔湯萬錢嚴魯韋顧龐鍾鐘賀鄺歐諸謝戶戸見貝車頁風飛齊斉齒歯龜亀竜麥黨辦處務導隊訴訟監獄審員書記級機構團會業執權婦兒"
    "軍連瀋遼賓爾齡滬灣澤潛滄圍場蘭遠順樂實驗開發產專職議結營靜偉傑曉強軒鳳瓊夢穎潔瑩紅蓮維緒練輝銘鋒鈞錦鵬鴻鹵訁釒飠糹"
)
_SIMPLIFIED = (
    "检区县东宁广苏汉滨济潍烟台莱龙丰华国阳阴云贵庆镇乡铁门关长马鱼鸟岛岭冈岗临当涂无锡盐扬义乌丽绍兴温庄刘张陈赵黄吴郑冯蒋韩杨许叶邓"
    "萧贾谭邹罗阎卢赖龚汤万钱严鲁韦顾庞钟钟贺邝欧诸谢户户见贝车页风飞齐齐齿齿龟龟龙麦党办处务导队诉讼监狱审员书记级机构团会业执权妇儿"
    "军连沈辽宾尔龄沪湾泽潜沧围场兰远顺乐实验开发产专职议结营静伟杰晓强轩凤琼梦颖洁莹红莲维绪练辉铭锋钧锦鹏鸿卤讠钅饣纟"
)
_FOLDS = str.maketrans(_RADICALS, _UNIFIED) | {
    sign: unicodedata.normalize("NFKC", chr(sign)) for sign in range(0x2F00, 0x2FD6)
}
# Small letters of other scripts that are drawn as Latin ones, and the Turkish ı: the ones that a name is forged with.
_ALIKE = str.maketrans("авеіјкмнорсѕтухԁһαεικνορτυχωıɡɑℓ", "abeijkmhopcstyxdhaeiknoptuxwigal")
_VARIANTS = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def without_radicals(text: str) -> str:
    """The text with radicals as the words that they stand for, and nothing else changed: fit to be kept."""
    return unicodedata.normalize("NFC", text.translate(_FOLDS))


def written_plainly(text: str) -> str:
    """The text with compatibility forms and radicals as ordinary signs: ０１ is 01, ⺠ and ⼈ are 民 and 人."""
    return unicodedata.normalize("NFKC", text.translate(_FOLDS)).translate(_FOLDS)


def folded(text: str) -> str:
    """The same, and with traditional and variant forms as simplified ones, in small letters: only to compare with."""
    return written_plainly(text).translate(_VARIANTS).casefold()


def reads_as(name: str) -> str:
    """The name of an account to compare with: whoever reads Chief, ｃｈｉｅｆ, chıef or сhief takes it for chief."""
    plain = unicodedata.normalize("NFD", squeezed(name).translate(_ALIKE))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def squeezed(text: str) -> str:
    """Folded text without any blanks."""
    return "".join(folded(text).split())
