// Pages as sites write them.
#include "read/html.h"

#include "read/reading.h"

using namespace reading;

TEST_CASE("the article of a page, without what stands around it") {
  const std::string page =
      R"(<!DOCTYPE html><html><head><title>Quay opens | Coast Times</title>
<meta property="og:title" content="Quay opens"><meta property="og:site_name" content="Coast Times">
<meta property="article:published_time" content="2024-03-05T10:00:00+00:00"><meta name="author" content="Ann Bell">
<link rel="canonical" href="https://coast.example/quay"><style>p{color:red}</style><script>if (a < b) document.write("<p>no</p>")</script></head>
<body><header><a href="/">Coast Times</a></header><nav><ul><li><a href=1>Home</a><li><a href=2>News</a></ul></nav>
<div class="breadcrumb">Home / News</div>
<article><h1>Quay  opens</h1><p>)" +
      kProse + R"(</p><p>It   was <b>built</b> by <a href="x">Ardal&nbsp;Ltd</a>,<br>of Oslo.</p>
<ul><li>First item<li>Second item</ul><table><tr><th>Year<th>Ships<tr><td>2023<td>14</table>
<div class="share-buttons">Share on Facebook</div><div hidden>secret</div><p><a href="y">Another story that is only a link</a></p></article>
<aside>Weather</aside><footer>Copyright</footer></body></html>)";
  const Result result = read_bytes(page, "a.html");
  REQUIRE(result.documents.size() == 1);
  const doc::Document& d = result.documents[0];
  CHECK(d.text == "Quay opens\n\n" + kProse +
                      "\n\nIt was built by Ardal\xc2\xa0Ltd,\nof Oslo.\nFirst item\nSecond "
                      "item\nYear\tShips\n2023\t14");
  CHECK(d.meta.title == "Quay opens");
  CHECK(d.meta.source == "Coast Times");
  CHECK(d.meta.date == "2024-03-05");
  CHECK(d.meta.author == "Ann Bell");
  CHECK(d.meta.url == "https://coast.example/quay");
  CHECK(blocks(d, doc::BlockRole::title) == "Quay opens\n");
}

TEST_CASE("a page without a heading is given its title as the first line") {
  const Result result =
      read_bytes("<title>Harbour council opens quay</title><p>" + kProse, "a.html");
  CHECK(result.documents.at(0).text == "Harbour council opens quay\n\n" + kProse);
  CHECK(result.documents.at(0).meta.title == "Harbour council opens quay");
}

TEST_CASE("HTML is recognised by its beginning, whatever it is called") {
  CHECK(read_bytes("\n<!DOCTYPE HTML>\n<p>" + kProse, "a.txt").documents.at(0).text == kProse);
  CHECK(read_bytes("<p>" + kProse, "a.txt").documents.at(0).text == "<p>" + kProse);
}

TEST_CASE("no page breaks the reader") {
  const std::string seed =
      "<html><body><p class='a'>Some &amp; text</p><table><tr><td>x</td></tr></table><!-- c "
      "--><script>a</script><br/></body></html>";
  uint64_t state = 3;
  for (int round = 0; round < 2000; ++round) {
    std::string page = seed;
    for (int k = 0; k < 6; ++k) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      page[(state >> 33) % page.size()] = "<>/&;\"'! a="[(state >> 20) % 11];
    }
    page.resize(page.size() - (state >> 40) % 40);
    const read::HtmlPage out = read::read_html(page, lexicons().list("html_boilerplate"));
    CHECK(out.text.size() <= 2 * page.size());
  }
}
