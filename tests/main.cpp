// The unit tests are one program; `--source-file=*tests/text/*` runs one folder's.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
