// Dates as people write them, and the calendar behind them.
#include "text/date.h"

#include <doctest/doctest.h>

using namespace weft::text;

TEST_CASE("dates that people write") {
  struct Row {
    const char* in;
    const char* iso;  // "" = no date
    size_t taken;
  };
  const Row rows[] = {
      {"March 5, 2024", "2024-03-05", 13},
      {"5 March 2024.", "2024-03-05", 12},
      {"Mar. 5th, 2024", "2024-03-05", 14},
      {"5th of March 2024", "2024-03-05", 17},
      {"Sept 3, 2024 x", "2024-09-03", 12},
      {"July 2023", "2023-07", 9},
      {"2024-03-05 09:22", "2024-03-05", 16},
      {"2024-03-05T09:22:10Z", "2024-03-05", 20},
      {"2024/3/5", "2024-03-05", 8},
      {"2024-03-05T09:22:10.5+08:00", "2024-03-05", 27},
      {"22.05.2026 09:14", "2026-05-22", 16},
      {"05/23/2024", "2024-05-23", 10},
      {"05/05/2024", "2024-05-05", 10},
      {"05/03/2024", "", 0},
      {"2023-02-29", "", 0},
      {"February 30, 2024", "", 0},
      {"2024-13-01", "", 0},
      {"March 5", "", 0},
      {"May I", "", 0},
      {"2024", "", 0},
      {"", "", 0},
      {"12345-01-01", "", 0},
      {"marching 5, 2024", "", 0},
      {"5x March 2024", "", 0},
      {"March 5, 20245", "", 0},
      {"99 March 2024", "", 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.in);
    size_t pos = 0;
    const auto date = parse_date(row.in, pos);
    CHECK((date ? to_iso(*date) : std::string()) == row.iso);
    CHECK(pos == row.taken);
  }
}

TEST_CASE("a month and a day without a year") {
  size_t pos = 9;
  auto date = parse_month_day("NANNING, Dec. 15 (Xinhua)", pos);
  REQUIRE(date);
  CHECK(date->month == 12);
  CHECK(date->day == 15);
  CHECK(pos == 16);
  pos = 0;
  CHECK_FALSE(parse_month_day("June 31", pos));
  CHECK_FALSE(parse_month_day("May 2024", pos));
  CHECK(pos == 0);
}

TEST_CASE("ISO dates read back what was written, and nothing else") {
  for (const char* iso : {"2024", "2024-02", "2024-02-29", "0001-01-01", "9999-12-31"}) {
    const auto date = from_iso(iso);
    REQUIRE(date);
    CHECK(to_iso(*date) == iso);
  }
  for (const char* bad : {"", "24", "2024-", "2024-00", "2024-2", "2023-02-29", "2024-02-00",
                          "2024/02/02", "0000", "2024-02-29x"})
    CHECK_FALSE(from_iso(bad));
}

TEST_CASE("days count through leap years and back, and weekdays follow") {
  CHECK(days_from_civil({1970, 1, 1}) == 0);
  CHECK(days_from_civil({2000, 3, 1}) - days_from_civil({2000, 2, 28}) == 2);
  for (int day = -800000; day < 800000; day += 97)
    CHECK(days_from_civil(civil_from_days(day)) == day);
  CHECK(weekday({2024, 3, 5}) == 1);
  CHECK(weekday({1969, 12, 28}) == 6);
  CHECK(last_day_of_month(1900, 2) == 28);
  CHECK(last_day_of_month(2000, 2) == 29);
}

TEST_CASE("names of months and days") {
  CHECK(month_number("March") == 3);
  CHECK(month_number("mar.") == 3);
  CHECK(month_number("SEPT") == 9);
  CHECK(month_number("ma") == 0);
  CHECK(month_number("marc") == 0);
  CHECK(weekday_number("Sunday") == 6);
  CHECK(weekday_number("thurs.") == 3);
  CHECK(weekday_number("someday") == -1);
}
