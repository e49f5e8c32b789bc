// Calendar dates and their ISO 8601 spelling, and the absolute dates that people write ("March 5,
// 2024", "5 March 2024", "2024-03-05 09:22", "05/03/2024"). Relative expressions are resolved in
// extract/, on top of this.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace weft::text {

/// A date in the proleptic Gregorian calendar; month and day are 0 where unknown (a year, a month).
struct Date {
  int year = 0;
  int month = 0;
  int day = 0;

  bool full() const { return day != 0; }
  friend auto operator<=>(const Date&, const Date&) = default;
};

bool is_valid(const Date&);
std::string to_iso(const Date&);                 // "2024-03-05", "2024-03", "2024"
std::optional<Date> from_iso(std::string_view);  // the inverse of to_iso
/// Days since 1970-01-01, of a full date (Hinnant's algorithm), and back.
int days_from_civil(const Date&);
Date civil_from_days(int days);
int weekday(const Date&);  // 0 = Monday … 6 = Sunday
int last_day_of_month(int year, int month);

/// 1..12 for "March", "Mar", "mar."; 0 otherwise. Likewise 0..6 or -1 for "Monday", "Mon".
int month_number(std::string_view word);
int weekday_number(std::string_view word);

/// The absolute date that begins at `pos` of `s`, moving `pos` behind it, or nothing (then `pos` is
/// unchanged). A numeric date with an ambiguous order of day and month ("05/03/2024") is not a
/// date.
std::optional<Date> parse_date(std::string_view s, size_t& pos);
/// A month and a day without a year ("Dec. 15", "6 June") at `pos`: a Date whose year is 0, or
/// nothing.
std::optional<Date> parse_month_day(std::string_view s, size_t& pos);

}  // namespace weft::text
