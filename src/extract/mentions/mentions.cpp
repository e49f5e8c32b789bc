// Finds what a document speaks of: names, offices, concepts and described things, joined into one
// entity a thing.
//
// Method: rules over capitalised words, head words and gazetteers, with the name tagger's spans as
// one more vote; every finder adds drafts to a Sketch, mentions/entities.cpp joins them,
// reference/coreference.cpp resolves what refers back. All steps are near-linear in tokens; a
// document has at most kMaxDrafts drafts.
#include "extract/mentions/mentions.h"

#include <algorithm>

#include "extract/mentions/sketch.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace weft::extract {

namespace {

constexpr float kSureName = 0.5F;  // the tagger's share for a name's borders

HeadList both(const schema::Schema& s, const std::string& name) {
  return {s.lexicons.list("mention_" + name), s.lexicons.list(name)};
}

}  // namespace

MentionLists::MentionLists(const schema::Schema& s)
    : schema(s),
      organization_heads(both(s, "organization_heads")),
      company_suffixes(both(s, "company_suffixes")),
      place_heads(both(s, "place_heads")),
      facility_heads(both(s, "facility_heads")),
      event_heads(both(s, "event_heads")),
      work_heads(both(s, "work_heads")),
      initiative_heads(both(s, "initiative_heads")),
      personal_titles(both(s, "personal_titles")),
      theme_heads(both(s, "theme_heads")),
      industry_heads(both(s, "industry_heads")),
      place_prefixes(s.lexicons.list("mention_place_prefixes")),
      place_classes(s.lexicons.list("mention_place_classes")),
      product_heads(s.lexicons.list("mention_product_heads")),
      group_names(s.lexicons.list("mention_group_names")),
      position_heads(s.lexicons.list("mention_position_heads")),
      position_modifiers(s.lexicons.list("mention_position_modifiers")),
      position_to(s.lexicons.list("mention_position_to")),
      position_not(s.lexicons.list("mention_position_not")),
      portfolio_heads(s.lexicons.list("mention_portfolio_heads")),
      portfolio_words(s.lexicons.list("mention_portfolio_words")),
      particles(s.lexicons.list("mention_name_particles")),
      not_names(s.lexicons.list("mention_not_names")),
      calendar(s.lexicons.list("mention_calendar_words")),
      genitives(s.lexicons.list("mention_name_boundary_words")),
      descriptions(s.lexicons.list("mention_descriptions")),
      description_stop(s.lexicons.list("mention_description_stop")),
      description_fresh(s.lexicons.list("mention_description_fresh")),
      time_units(s.lexicons.list("time_units")),
      idioms(s.lexicons.list("mention_idioms")),
      typed_prefixes(s.lexicons.list("mention_typed_prefixes")),
      described(s.lexicons.list("mention_described")),
      described_bare(s.lexicons.list("mention_described_bare")),
      acted_on(s.lexicons.list("mention_acted_on")),
      argument_stop(s.lexicons.list("mention_argument_stop")),
      people(s.lexicons.list("mention_people")),
      policy_verbs(s.lexicons.list("mention_policy_verbs")),
      policy_nouns(s.lexicons.list("mention_policy_nouns")),
      sector_heads(s.lexicons.list("mention_sector_heads")),
      weak_modifiers(s.lexicons.list("mention_weak_modifiers")),
      bylines(s.lexicons.list("mention_bylines")),
      compass(s.lexicons.list("mention_compass")),
      compass_heads(s.lexicons.list("mention_compass_heads")),
      called_after(s.lexicons.list("mention_called_after")),
      place_complements(s.lexicons.list("mention_place_complements")),
      labels(s.lexicons.list("mention_labels")),
      titled_nouns(s.lexicons.list("mention_titled_nouns")),
      naming(s.lexicons.list("mention_naming")),
      called(s.lexicons.list("mention_called")),
      same_thing(s.lexicons.list("mention_same_thing")),
      government_acts(s.lexicons.list("mention_government_acts")),
      government_partners(s.lexicons.list("mention_government_partners")),
      owned_bodies(s.lexicons.list("mention_owned_bodies")),
      part_heads(s.lexicons.list("mention_part_heads")),
      stakes(s.lexicons.list("mention_stakes")),
      theme_verbs(s.lexicons.list("mention_theme_verbs")),
      theme_stop(s.lexicons.list("mention_theme_stop")),
      stress_nouns(s.lexicons.list("mention_stress_nouns")),
      list_nouns(s.lexicons.list("mention_list_nouns")),
      makers(s.lexicons.list("mention_makers")),
      office_verbs(s.lexicons.list("mention_office_verbs")),
      calendar_heads(s.lexicons.list("mention_calendar_heads")),
      vessels(s.lexicons.list("mention_vessels")),
      name_articles(s.lexicons.list("mention_name_articles")),
      languages(s.lexicons.list("mention_languages")),
      goods(s.lexicons.list("mention_goods")),
      goods_verbs(s.lexicons.list("mention_goods_verbs")),
      goods_nouns(s.lexicons.list("mention_goods_nouns")),
      measures(s.lexicons.list("mention_measures")),
      making(s.lexicons.list("mention_making")),
      given_names(s.lexicons.list("given_names")),
      surnames(s.lexicons.list("surnames")),
      gendered_nouns(s.lexicons.list("gendered_nouns")),
      demonyms(s.lexicons.list("demonyms")),
      hyphen_suffixes(s.lexicons.list("mention_hyphen_suffixes")),
      ordinals(s.lexicons.list("mention_name_ordinals")),
      governing(s.lexicons.list("mention_governing")),
      member_names(s.lexicons.list("member_body_names")),
      member_roles(s.lexicons.list("member_roles")),
      member_groups(s.lexicons.list("member_groups")),
      party_words(s.lexicons.list("party_words")),
      speech(s.lexicons.list("mention_speech")),
      currency_codes(s.lexicons.list("currency_codes")),
      currency_words(s.lexicons.list("currency_words")),
      references(s.lexicons) {}

ReferenceLists::ReferenceLists(const schema::Lexicons& l)
    : plurals(l.list("reference_plurals")),
      pairs(l.list("reference_pairs")),
      numbers(l.list("reference_numbers")),
      mutual(l.list("reference_mutual")),
      things(l.list("reference_things")),
      aside(l.list("reference_aside")),
      others(l.list("reference_others")),
      located(l.list("reference_located")),
      bodies(l.list("reference_bodies")),
      opaque(l.list("reference_opaque")),
      links(l.list("reference_links")),
      pointers(l.list("reference_pointers")),
      near(l.list("reference_near")),
      complements(l.list("reference_complements")),
      pronouns(l.list("reference_pronouns")),
      of_two(l.list("reference_of_two")),
      office_scopes(l.list("mention_office_scope")),
      office_ranks(l.list("office_modifiers")) {}

Sketch::Sketch(const MentionLists& l, doc::Document& d) : lists(l), document(d) {
  const uint32_t n = d.token_count();
  lower.resize(n);
  capital.assign(n, 0);
  all_capitals.assign(n, 0);
  usable.assign(n, 0);
  sentence.assign(n, 0);
  title_token.assign(n, 0);
  headline.assign(d.sentence_count(), 0);
  std::vector<std::string_view> forms(n);
  for (uint32_t s = 0; s < d.sentence_count(); ++s) {
    uint32_t words = 0, capitals = 0, small = 0;
    bool shouted = false;
    const bool use = d.is_prose(s);
    for (uint32_t t = d.sentence_begin[s]; t < d.sentence_begin[s + 1]; ++t) {
      forms[t] = d.norm_of(t);
      lower[t] = text::fold(forms[t]);
      sentence[t] = s;
      usable[t] = use;
      size_t pos = 0, letters = 0, uppers = 0;
      while (pos < forms[t].size()) {
        const size_t at = pos;
        const char32_t c = text::next_char(forms[t], pos);
        letters += text::is_letter(c);
        uppers += text::is_upper(c);
        if (at == 0 && text::is_upper(c)) capital[t] = 1;
      }
      all_capitals[t] = letters >= 2 && uppers == letters;
      if (letters > 3) {
        ++words;
        capitals += capital[t];
      } else if (letters > 0 && !capital[t] && t > d.sentence_begin[s] &&
                 !lists.particles.has(lower[t]) && !lists.not_names.has(lower[t])) {
        ++words;
      }
      if (letters > 0 && !capital[t]) lower_words.insert(lower[t]);
      small += letters > 0 && !all_capitals[t];
      shouted |= all_capitals[t] != 0;
    }
    const uint32_t last = d.sentence_begin[s + 1] - 1;
    const bool open_end =
        last < n && forms[last] != "." && forms[last] != "!" && forms[last] != "?";
    const bool slogan = last < n && forms[last] == "!";
    headline[s] = small == 0 && shouted && (open_end || slogan)          ? 2
                  : words >= 3 && capitals * 10 >= words * 8 && open_end ? 1
                                                                         : 0;
  }
  // Title case shows in words that the text also writes in lower case; a line of names has none.
  for (uint32_t s = 0; s < d.sentence_count(); ++s) {
    uint32_t common = 0;
    for (uint32_t t = d.sentence_begin[s] + 1; t < d.sentence_begin[s + 1]; ++t) {
      common += capital[t] && (lower_words.contains(lower[t]) || lists.not_names.has(lower[t]));
    }
    if (headline[s] == 1 && common < 2) headline[s] = 0;
  }
  places = lists.schema.gazetteer.match(forms);
  std::erase_if(places, [this](const schema::GazetteerMatch& m) {  // no name goes over a border
    return sentence[m.tokens.begin] != sentence[m.tokens.end - 1];
  });
  tagged_name.assign(n, 0);
  for (const doc::NameSpan& name : d.names)
    if (name.score >= kSureName && name.tokens.size() > 1)
      std::fill(tagged_name.begin() + name.tokens.begin, tagged_name.begin() + name.tokens.end, 1);
}

bool Sketch::first_in_sentence(uint32_t token) const {
  // Quotes, bullets and numbers before the first word do not count.
  for (uint32_t t = token; t-- > sentence_start(token);) {
    size_t pos = 0;
    if (text::is_letter(text::next_char(form(t), pos))) return false;
  }
  return true;
}

bool Sketch::opens_clause(uint32_t token) const {
  if (first_in_sentence(token)) return true;
  const auto& before = lower[token - 1];
  return before == "\"" || before == ":" || before == "|" || before == "\u2022" || before == "''" ||
         before == "``" || (before == "'" && touches(token - 1, token));
}

bool Sketch::opens_cell(uint32_t token) const {
  return token > 0 && std::string_view(document.text)
                              .substr(document.token_end[token - 1],
                                      document.token_begin[token] - document.token_end[token - 1])
                              .find('\t') != std::string_view::npos;
}

bool Sketch::nominal(uint32_t token) const {
  if (tagged()) {
    const auto u = document.upos[token];
    const auto x = document.xpos.size() == lower.size() ? document.xpos[token] : doc::Xpos::XX;
    return u == doc::Upos::NOUN || u == doc::Upos::ADJ || u == doc::Upos::PROPN ||
           x == doc::Xpos::VBG || (x == doc::Xpos::VBN && u == doc::Upos::VERB);
  }
  size_t pos = 0;
  return text::is_letter(text::next_char(form(token), pos)) && !lists.not_names.has(lower[token]) &&
         !lists.particles.has(lower[token]);
}

uint32_t Sketch::head_of(core::TokenSpan span) const {
  if (document.head.size() == lower.size()) {
    for (uint32_t t = span.begin; t < span.end; ++t) {
      if (document.head[t] == doc::kNoToken || !span.contains(document.head[t])) return t;
    }
  }
  return span.end - 1;
}

std::string Sketch::text(core::TokenSpan span) const {
  // A name that is broken over two lines is written with one space.
  std::string out;
  for (const char c : document.text_of(span)) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space) out += c;
    if (space && !out.empty() && out.back() != ' ') out += ' ';
  }
  return out;
}

Draft& Sketch::add_described(core::TokenSpan span, schema::TypeId type, float confidence) {
  Draft& draft = add(span, type, confidence);
  draft.form = doc::MentionForm::description;
  if (span.begin > sentence_start(span.begin)) {
    const doc::Upos before = document.upos[span.begin - 1];
    if (before == doc::Upos::DET || before == doc::Upos::NUM)
      draft.aliases.push_back(text({span.begin - 1, span.end}));
  }
  return draft;
}

std::vector<uint8_t> Sketch::in_drafts(schema::TypeId type) const {
  std::vector<uint8_t> out(size(), 0);
  for (const Draft& draft : drafts)
    if (!type.valid() || draft.type == type)
      std::fill(out.begin() + draft.tokens.begin, out.begin() + draft.tokens.end, 1);
  return out;
}

Draft& Sketch::add(core::TokenSpan span, schema::TypeId type, float confidence) {
  Draft draft;
  draft.tokens = span;
  draft.type = type;
  draft.confidence = confidence;
  draft.label = text(span);
  draft.key = text::name_key(draft.label);
  draft.headline = headline[sentence[span.begin]] != 0;
  drafts.push_back(std::move(draft));
  return drafts.back();
}

namespace {

/// The tokens as a list writes them: "prime minister's office", "by-election".
std::string joined(const Sketch& sketch, uint32_t begin, uint32_t end) {
  std::string out;
  for (uint32_t t = begin; t < end; ++t) {
    const bool hyphen = t > begin && sketch.touches(t - 1, t) &&
                        (sketch.lower[t] == "-" || sketch.lower[t - 1] == "-");
    if (!out.empty() && !hyphen && sketch.lower[t] != "'s") out += ' ';
    out += sketch.lower[t];
  }
  return out;
}

}  // namespace

uint32_t ending_entry(const Sketch& sketch, const HeadList& list, uint32_t begin, uint32_t end,
                      const std::string** value) {
  for (uint32_t n = std::min(list.longest(), end - begin); n > 0; --n) {
    if (const auto* v = list.value(joined(sketch, end - n, end))) {
      if (value) *value = v;
      return n;
    }
  }
  return 0;
}

uint32_t starting_entry(const Sketch& sketch, const schema::WordList& list, uint32_t begin,
                        uint32_t end, const std::string** value) {
  for (uint32_t n = std::min(list.longest(), end - begin); n > 0; --n) {
    if (const auto* v = list.value(joined(sketch, begin, begin + n))) {
      if (value) *value = v;
      return n;
    }
  }
  return 0;
}

namespace {

class MentionStage : public stage::Stage {
 public:
  explicit MentionStage(const schema::Schema& schema) : lists_(schema) {}
  std::string_view name() const override { return "mentions"; }
  uint32_t needs() const override {
    return stage::kTokens | stage::kTags | stage::kLemmas | stage::kTrees | stage::kNames;
  }
  uint32_t gives() const override { return stage::kMentions; }
  void run(doc::Document& document, stage::Scratch&) const override {
    document.mentions.clear();
    document.entities.clear();
    Sketch sketch(lists_, document);
    drop_explained_acronyms(sketch);
    mark_titles(sketch);
    find_names(sketch);
    find_quoted(sketch);
    find_bylines(sketch);
    find_positions(sketch);
    find_themes(sketch);
    find_concepts(sketch);
    find_described(sketch);
    find_goods(sketch);
    find_arguments(sketch);
    find_stressed(sketch);
    find_capitals(sketch);
    make_entities(sketch);
    resolve_references(sketch);
  }

 private:
  MentionLists lists_;
};

}  // namespace

std::unique_ptr<stage::Stage> make_mention_stage(const schema::Schema& schema) {
  return std::make_unique<MentionStage>(schema);
}

}  // namespace weft::extract
