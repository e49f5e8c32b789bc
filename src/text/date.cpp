// Calendar arithmetic and the absolute dates that people write. Days are counted by Howard
// Hinnant's algorithms
// ("chrono-Compatible Low-Level Date Algorithms", 2013); a date is read by trying a handful of
// shapes from the left, so the cost is constant for each position. Where day and month can be
// swapped, guessing would date facts wrongly: such a date is none.
#include "text/date.h"

#include <array>
#include <cstdio>

namespace weft::text {

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

constexpr std::array<std::string_view, 12> kMonths{"january",   "february", "march",    "april",
                                                   "may",       "june",     "july",     "august",
                                                   "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> kDays{"monday", "tuesday",  "wednesday", "thursday",
                                                "friday", "saturday", "sunday"};

std::string lowered(std::string_view word) {
  if (!word.empty() && word.back() == '.') word.remove_suffix(1);
  std::string out;
  for (char c : word) out += lower(c);
  return out;
}

/// Index of the name that `word` is, or abbreviates in three letters or one of `more` letters.
template <size_t N>
int find_name(const std::array<std::string_view, N>& names, std::string_view word) {
  if (word.size() < 3 || word.size() > 10) return -1;
  const std::string w = lowered(word);
  for (size_t i = 0; i < N; ++i)
    if (w == names[i] || (w.size() == 3 && names[i].substr(0, 3) == w)) return static_cast<int>(i);
  return -1;
}

/// Reads the pieces of a date, each moving behind what it took or leaving the place as it was.
struct Scanner {
  std::string_view s;
  size_t pos;

  char at(size_t i) const { return i < s.size() ? s[i] : '\0'; }
  bool take(char c) {
    if (at(pos) != c) return false;
    ++pos;
    return true;
  }
  bool spaces() {
    const size_t start = pos;
    while (at(pos) == ' ' || at(pos) == '\t' || (at(pos) == '\xc2' && at(pos + 1) == '\xa0'))
      pos += at(pos) == '\xc2' ? 2 : 1;
    return pos > start;
  }
  int number(size_t least, size_t most) {
    size_t end = pos;
    int value = 0;
    while (digit(at(end)) && end - pos <= most) value = value * 10 + (s[end++] - '0');
    if (end - pos < least || end - pos > most) return -1;
    pos = end;
    return value;
  }
  std::string_view word() {
    const size_t start = pos;
    while (alpha(at(pos))) ++pos;
    return s.substr(start, pos - start);
  }
  int month() {
    const size_t start = pos;
    const int m = month_number(word());
    if (m == 0) {
      pos = start;
      return 0;
    }
    take('.');
    return m;
  }
  /// 1..31, with an ordinal ending or not.
  int day() {
    const size_t start = pos;
    const int d = number(1, 2);
    if (d < 1 || d > 31) {
      pos = start;
      return 0;
    }
    const size_t behind = pos;
    const std::string suffix = lowered(word());
    if (suffix != "st" && suffix != "nd" && suffix != "rd" && suffix != "th") {
      if (!suffix.empty()) {
        pos = start;
        return 0;
      }
      pos = behind;
    }
    return d;
  }
  int year() {
    const size_t start = pos;
    const int y = number(4, 4);
    if (y < 1000 || y > 2999 || alpha(at(pos)) || digit(at(pos))) {
      pos = start;
      return 0;
    }
    return y;
  }
  /// " 09:22", "T09:22:10Z", ", 21:16": taken along, not kept.
  void time_of_day() {
    const size_t start = pos;
    if (!take('T')) {
      take(',');
      if (!spaces()) {
        pos = start;
        return;
      }
    }
    const int hour = number(1, 2);
    if (hour < 0 || hour > 24 || !take(':') || number(2, 2) < 0) {
      pos = start;
      return;
    }
    if (at(pos) == ':' && digit(at(pos + 1))) {
      ++pos;
      number(2, 2);
    }
    if (at(pos) == '.' && digit(at(pos + 1)))
      for (++pos; digit(at(pos));) ++pos;
    if (take('Z')) return;
    if ((at(pos) == '+' || at(pos) == '-') && digit(at(pos + 1)))
      for (++pos; digit(at(pos)) || at(pos) == ':';) ++pos;
  }
};

/// "2024-03-05", "2024/3/5", "2024.03.05", "20-03-2024" where the order is certain.
std::optional<Date> numeric_date(Scanner& in) {
  size_t digits = 0;
  while (digit(in.at(in.pos + digits)) && digits < 5) ++digits;
  Date date;
  if (digits == 4) {
    date.year = in.number(4, 4);
    const char separator = in.at(in.pos);
    if (separator != '-' && separator != '/' && separator != '.') return std::nullopt;
    ++in.pos;
    date.month = in.number(1, 2);
    if (date.month < 1 || !in.take(separator)) return std::nullopt;
    date.day = in.number(1, 2);
    if (date.day < 1) return std::nullopt;
  } else if (digits == 1 || digits == 2) {
    const int first = in.number(1, 2);
    const char separator = in.at(in.pos);
    if (separator != '-' && separator != '/' && separator != '.') return std::nullopt;
    ++in.pos;
    const int second = in.number(1, 2);
    if (second < 1 || !in.take(separator)) return std::nullopt;
    date.year = in.year();
    if (first > 12 || first == second) {
      date.day = first;
      date.month = second;
    } else if (second > 12) {
      date.month = first;
      date.day = second;
    } else {
      return std::nullopt;
    }
  } else {
    return std::nullopt;
  }
  if (digit(in.at(in.pos)) || !date.year || !is_valid(date)) return std::nullopt;
  in.time_of_day();
  if (alpha(in.at(in.pos))) return std::nullopt;
  return date;
}

/// ", 2024" and perhaps a time of day: the end of a date whose day and month are read.
std::optional<Date> with_year(Scanner& in, Date date) {
  in.take(',');
  if (!in.spaces()) return std::nullopt;
  date.year = in.year();
  if (!date.year || !is_valid(date)) return std::nullopt;
  in.time_of_day();
  return date;
}

/// "5 March 2024", "5th of March, 2024".
std::optional<Date> day_first(Scanner& in) {
  Date date;
  date.day = in.day();
  if (!date.day || !in.spaces()) return std::nullopt;
  if (in.at(in.pos) == 'o' && in.at(in.pos + 1) == 'f' && in.at(in.pos + 2) == ' ') in.pos += 3;
  date.month = in.month();
  if (!date.month) return std::nullopt;
  return with_year(in, date);
}

/// "March 5, 2024", "March 2024".
std::optional<Date> month_first(Scanner& in) {
  Date date;
  date.month = in.month();
  if (!date.month) return std::nullopt;
  const bool comma = in.take(',');
  if (!in.spaces()) return std::nullopt;
  if ((date.year = in.year())) return date;
  if (comma) return std::nullopt;
  date.day = in.day();
  if (!date.day) return std::nullopt;
  return with_year(in, date);
}

}  // namespace

bool is_valid(const Date& d) {
  if (d.year < 1 || d.year > 9999 || d.month < 0 || d.month > 12 || d.day < 0) return false;
  if (d.month == 0) return d.day == 0;
  return d.day <= last_day_of_month(d.year, d.month);
}

std::string to_iso(const Date& d) {
  char buffer[40];
  if (d.day)
    std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", d.year, d.month, d.day);
  else if (d.month)
    std::snprintf(buffer, sizeof buffer, "%04d-%02d", d.year, d.month);
  else
    std::snprintf(buffer, sizeof buffer, "%04d", d.year);
  return buffer;
}

std::optional<Date> from_iso(std::string_view s) {
  if (s.size() != 4 && s.size() != 7 && s.size() != 10) return std::nullopt;
  Date d;
  for (size_t i = 0; i < s.size(); ++i) {
    if (i == 4 || i == 7) {
      if (s[i] != '-') return std::nullopt;
      continue;
    }
    if (!digit(s[i])) return std::nullopt;
    int& part = i < 4 ? d.year : i < 7 ? d.month : d.day;
    part = part * 10 + (s[i] - '0');
  }
  if ((s.size() >= 7 && d.month == 0) || (s.size() == 10 && d.day == 0) || !is_valid(d))
    return std::nullopt;
  return d;
}

int days_from_civil(const Date& d) {
  const int y = d.year - (d.month <= 2);
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int year_of_era = y - era * 400;
  const int day_of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

Date civil_from_days(int days) {
  days += 719468;
  const int era = (days >= 0 ? days : days - 146096) / 146097;
  const int day_of_era = days - era * 146097;
  const int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int month_index = (5 * day_of_year + 2) / 153;
  const int day = day_of_year - (153 * month_index + 2) / 5 + 1;
  const int month = month_index < 10 ? month_index + 3 : month_index - 9;
  return {year_of_era + era * 400 + (month <= 2), month, day};
}

int weekday(const Date& d) {
  const int days = days_from_civil(d) + 3;  // 1970-01-01 was a Thursday
  return ((days % 7) + 7) % 7;
}

int last_day_of_month(int year, int month) {
  constexpr std::array<int, 12> kLast{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kLast[static_cast<size_t>(month - 1)];
}

int month_number(std::string_view word) {
  if (const int i = find_name(kMonths, word); i >= 0) return i + 1;
  const std::string w = lowered(word);
  return w == "sept" ? 9 : 0;
}

int weekday_number(std::string_view word) {
  if (const int i = find_name(kDays, word); i >= 0) return i;
  const std::string w = lowered(word);
  if (w == "tues") return 1;
  if (w == "thur" || w == "thurs") return 3;
  return -1;
}

std::optional<Date> parse_date(std::string_view s, size_t& pos) {
  if (pos >= s.size()) return std::nullopt;
  using Shape = std::optional<Date> (*)(Scanner&);
  constexpr std::array<Shape, 3> kShapes{numeric_date, day_first, month_first};
  for (const Shape shape : kShapes) {
    Scanner in{s, pos};
    if (const auto date = shape(in)) {
      pos = in.pos;
      return date;
    }
  }
  return std::nullopt;
}

std::optional<Date> parse_month_day(std::string_view s, size_t& pos) {
  for (const bool month_leads : {true, false}) {
    Scanner in{s, pos};
    Date date;
    if (month_leads) {
      date.month = in.month();
      if (!date.month || !in.spaces() || !(date.day = in.day())) continue;
    } else {
      date.day = in.day();
      if (!date.day || !in.spaces() || !(date.month = in.month())) continue;
    }
    if (alpha(in.at(in.pos)) || digit(in.at(in.pos))) continue;
    if (date.day > last_day_of_month(2000, date.month)) continue;
    pos = in.pos;
    return date;
  }
  return std::nullopt;
}

}  // namespace weft::text
