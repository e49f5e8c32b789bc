// Amounts by a small grammar over words, tried at each token from the left, longest reading first:
//   amount  = money | percent | measure | number
//   money   = sign range | code range | range [qualifier] currency | crowd "of" currency
//   percent = range ("%" | "per cent" | …)      measure = range prefix* unit [scale] ["per" unit]
//   range   = number [("-" | "to") [sign] number]
//   number  = digits | words | "a" magnitude, each with magnitudes behind it
// What words mean is in schema/lexicons/amounts.json. Constant cost for each token: no reading
// looks further than a dozen tokens ahead, whatever stands there.
#include "extract/figures/amounts.h"

#include <algorithm>
#include <string>
#include <vector>

#include "text/ascii.h"

namespace weft::extract {

using schema::WordList;

struct AmountLists {
  explicit AmountLists(const schema::Lexicons& lexicons)
      : words(lexicons.list("number_words")),
        magnitudes(lexicons.list("number_magnitudes")),
        crowds(lexicons.list("number_crowds")),
        signs(lexicons.list("currency_signs")),
        sign_prefixes(lexicons.list("currency_sign_prefixes")),
        codes(lexicons.list("currency_codes")),
        currencies(lexicons.list("currency_words")),
        qualifiers(lexicons.list("currency_qualifiers")),
        demonyms(lexicons.list("demonyms")),
        percents(lexicons.list("percent_words")),
        units(lexicons.list("measure_units")),
        unit_prefixes(lexicons.list("measure_prefixes")),
        scales(lexicons.list("measure_scales")),
        rates(lexicons.list("measure_rates")) {}
  const WordList &words, &magnitudes, &crowds, &signs, &sign_prefixes, &codes, &currencies,
      &qualifiers, &demonyms, &percents, &units, &unit_prefixes, &scales, &rates;
};

namespace {

using doc::TokenIndex;

constexpr TokenIndex kLongestNumber = 12;  // tokens

/// "18.6", "100,000", "1/2"; not "24/7", "3rd", "12:30".
bool is_figure(std::string_view s) {
  if (s.empty() ||
      !(text::is_ascii_digit(s[0]) || (s[0] == '.' && s.size() > 1 && text::is_ascii_digit(s[1]))))
    return false;
  return s.find_first_not_of("0123456789.,") == s.npos || s == "1/2" || s == "1/3" || s == "1/4" ||
         s == "3/4" || s == "2/3";
}

/// Reads the amounts of one document.
class AmountReader {
 public:
  AmountReader(const AmountLists& lists, const doc::Document& document, std::vector<Amount>& out)
      : lists_(lists), document_(document), out_(out) {}

  void read(core::TokenSpan sentence) {
    sentence_ = sentence;
    lower_.clear();
    for (TokenIndex t = sentence.begin; t < sentence.end; ++t)
      lower_.push_back(text::lower_ascii(document_.norm_of(t)));
    for (TokenIndex t = sentence.begin; t < sentence.end;) {
      while (time_ < document_.times.size() && document_.times[time_].tokens.end <= t) ++time_;
      if (time_ < document_.times.size() && document_.times[time_].tokens.contains(t)) {
        t = document_.times[time_].tokens.end;
        continue;
      }
      Amount amount;
      if (!amount_at(t, amount)) {
        ++t;
        continue;
      }
      out_.push_back(amount);
      t = amount.tokens.end;
    }
  }

 private:
  /// The word in small letters; empty outside the sentence and inside the next time.
  const std::string& word(TokenIndex t) const {
    const bool outside =
        t < sentence_.begin || t >= sentence_.end ||
        (time_ < document_.times.size() && t >= document_.times[time_].tokens.begin);
    return outside ? none_ : lower_[t - sentence_.begin];
  }
  bool touches(TokenIndex t) const {  // the token before it
    return t > sentence_.begin && t < sentence_.end &&
           document_.token_end[t - 1] == document_.token_begin[t];
  }
  bool is_capitals(TokenIndex t) const {
    const std::string_view form = document_.norm_of(t);
    return form.size() > 1 &&
           std::all_of(form.begin() + 1, form.end(), [](char c) { return c < 'a' || c > 'z'; });
  }
  bool is_verb(TokenIndex t) const {
    return t < document_.upos.size() && document_.upos[t] == doc::Upos::VERB;
  }
  bool is_magnitude(TokenIndex t, bool money) const {
    const std::string* value = lists_.magnitudes.value(word(t));
    return value && (money || value->empty() || (touches(t) && lists_.currencies.has(word(t + 1))));
  }
  bool is_code(TokenIndex t) const {
    std::string_view code = word(t);
    if (code.ends_with('.')) code.remove_suffix(1);  // "Rs. 450"
    const std::string* value = lists_.codes.value(code);
    return value && (is_capitals(t) || *value == "sign");
  }
  /// Behind the entry of up to two words that begins at `t`; `t` if there is none.
  TokenIndex behind(const WordList& list, TokenIndex t) const {
    if (word(t).empty()) return t;
    if (list.longest() > 1 && list.has(word(t) + " " + word(t + 1))) return t + 2;
    return list.has(word(t)) ? t + 1 : t;
  }

  /// Behind the number at `t`; `t` if there is none.
  TokenIndex number(TokenIndex t, bool money) const {
    const TokenIndex limit = t + kLongestNumber;
    TokenIndex end = t;
    if (word(t) == "half" && (word(t + 1) == "a" || word(t + 1) == "an")) {
      if (!is_magnitude(t + 2, money) && !lists_.units.has(word(t + 2)) &&
          behind(lists_.percents, t + 2) == t + 2)
        return t;
      end = t + 2;
    } else if ((word(t) == "a" || word(t) == "several") && is_magnitude(t + 1, false)) {
      end = t + 1;
    } else if (is_figure(word(t))) {
      end = t + 1;
      if (is_figure(word(end)) && word(end).find('/') != std::string::npos) ++end;  // "5 1/2"
    } else {
      while (end < limit && lists_.words.has(word(end))) {
        ++end;  // "twenty-five"
        if (word(end) == "-" && touches(end) && lists_.words.has(word(end + 1))) ++end;
      }
      if (end == t) return t;
    }
    for (bool more = true; more && end < limit;) {
      more = false;
      const TokenIndex next = word(end) == "-" && touches(end) ? end + 1 : end;
      if (is_magnitude(next, money)) {
        end = next + 1;
        more = true;
        // "two hundred and fifty", "a thousand five hundred"
        const TokenIndex rest = word(end) == "and" ? end + 1 : end;
        if (lists_.words.has(word(rest)) && lists_.words.has(word(t))) {
          end = rest + 1;
          if (word(end) == "-" && lists_.words.has(word(end + 1))) end += 2;
        }
      }
    }
    return end;
  }

  /// Behind a number or two that make a range: "5-6", "3 to 5 million", "$5-$6 million".
  TokenIndex range(TokenIndex t, bool money) const {
    const TokenIndex end = number(t, money);
    if (end == t) return t;
    const bool dash = word(end) == "-" || word(end) == "--";
    if (!dash && word(end) != "to") return end;
    if (!dash && t > sentence_.begin &&
        (word(t - 1) == "from" || (t > sentence_.begin + 1 && word(t - 2) == "from")))
      return end;
    TokenIndex second = end + 1;
    if (money) second = sign(second);
    const TokenIndex last = number(second, money);
    return last == second ? end : last;
  }

  /// Behind a currency sign with its letters ("US$"); `t` if there is none.
  TokenIndex sign(TokenIndex t) const {
    if (lists_.signs.has(word(t))) return t + 1;
    if (lists_.signs.has(word(t + 1)) && touches(t + 1) && lists_.sign_prefixes.has(word(t)))
      return t + 2;
    // "US$" as one token
    const std::string& w = word(t);
    if (w.size() > 1 && w.back() == '$' &&
        lists_.sign_prefixes.has(std::string_view(w).substr(0, w.size() - 1)))
      return t + 1;
    return t;
  }

  /// Behind the currency that follows a number, with its qualifiers; `t` if there is none.
  TokenIndex currency(TokenIndex t) const {
    TokenIndex at = t;
    for (int k = 0; k < 2; ++k)
      if (lists_.qualifiers.has(word(at)) || lists_.demonyms.has(word(at))) ++at;
    if (lists_.currencies.has(word(at)) && !is_verb(at)) return at + 1;
    if (lists_.signs.has(word(t)) && !is_figure(word(t + 1))) return t + 1;
    return is_code(t) && !is_figure(word(t + 1)) ? t + 1 : t;
  }

  /// Behind a unit with what belongs to it; `t` if there is none.
  TokenIndex measure(TokenIndex t) const {
    TokenIndex at = t;
    while (at < t + 2 && lists_.unit_prefixes.has(word(at))) ++at;
    if (at > t && word(at) == "-") ++at;
    const TokenIndex unit = behind(lists_.units, at);
    if (unit == at || is_verb(at)) return t;
    TokenIndex end = unit;
    const TokenIndex scale = word(end) == "-" ? end + 1 : end;
    if (lists_.scales.has(word(scale)))
      end = scale + 1;
    else if (word(at).starts_with("°") || word(at).starts_with("degree"))
      end += (word(end) == "c" || word(end) == "f") && document_.norm_of(end)[0] < 'a';
    if ((word(end) == "per" || (word(end) == "/" && touches(end))) &&
        lists_.rates.has(word(end + 1))) {
      end += 2;
      if (word(end - 1) == "square" && lists_.units.has(word(end))) ++end;
    }
    return end;
  }

  bool found(TokenIndex begin, TokenIndex number, TokenIndex end, AmountKind kind,
             Amount& out) const {
    out = {{begin, end}, number, kind};
    return true;
  }

  /// Behind a hyphen that joins number and unit ("82-kilometre"), else `t`.
  TokenIndex joined(TokenIndex t) const {
    return word(t) == "-" && touches(t) && touches(t + 1) ? t + 1 : t;
  }

  bool amount_at(TokenIndex t, Amount& out) const {
    // "$5 million", "RMB 500 million"
    TokenIndex start = sign(t);
    if (start == t && is_code(t)) start = t + 1;
    if (start != t) {
      const TokenIndex end = range(start, true);
      if (end == start) return false;
      const TokenIndex word_end = currency(joined(end));
      return found(t, start, word_end != joined(end) ? word_end : end, AmountKind::money, out);
    }
    if (lists_.crowds.has(word(t))) return crowd_at(t, out);
    TokenIndex end = range(t, false);
    if (end == t) return false;
    const TokenIndex unit = joined(end);
    if (const TokenIndex e = behind(lists_.percents, unit); e != unit)
      return found(t, t, e, AmountKind::percent, out);
    if (const TokenIndex e = currency(unit); e != unit)
      return found(t, t, e, AmountKind::money, out);
    if (TokenIndex e = measure(unit); e != unit) {
      // "6 feet 2 inches"
      if (const TokenIndex more = number(e, false); more != e && measure(more) != more)
        e = measure(more);
      return found(t, t, e, AmountKind::quantity, out);
    }
    return found(t, t, end, AmountKind::count, out);
  }

  /// "tens of millions of dollars", "hundreds of kilometres".
  bool crowd_at(TokenIndex t, Amount& out) const {
    TokenIndex end = t + 1;
    if (word(end) == "of" && lists_.crowds.has(word(end + 1))) end += 2;
    if (word(end) != "of") return false;
    const TokenIndex unit = end + 1;
    if (const TokenIndex e = currency(unit); e != unit && !is_code(unit))
      return found(t, t, e, AmountKind::money, out);
    if (const TokenIndex e = measure(unit); e != unit)
      return found(t, t, e, AmountKind::quantity, out);
    return false;
  }

  const AmountLists& lists_;
  const doc::Document& document_;
  std::vector<Amount>& out_;
  core::TokenSpan sentence_;
  std::vector<std::string> lower_;  // of the sentence
  size_t time_ = 0;                 // the first time that does not end before the token at hand
  std::string none_;
};

}  // namespace

AmountFinder::AmountFinder(const schema::Lexicons& lexicons)
    : lists_(std::make_unique<AmountLists>(lexicons)) {}
AmountFinder::~AmountFinder() = default;

std::vector<Amount> AmountFinder::find(const doc::Document& document) const {
  std::vector<Amount> out;
  AmountReader reader(*lists_, document, out);
  for (uint32_t s = 0; s < document.sentence_count(); ++s)
    if (document.is_prose(s)) reader.read(document.sentence(s));
  return out;
}

}  // namespace weft::extract
