//! The rules that give a change its labels and its relevance: their names, and what people call them.
//!
//! Not here: what a rule looks at (`judge`).

macro_rules! rules {
    ($($rule:ident $name:literal $words:literal),* $(,)?) => {
        /// A rule of this program. In JSON it stands by its name; an older store may have names that this version lacks.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rule {
            $(
                #[doc = concat!("`", $name, "`: ", $words)]
                $rule
            ),*
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &[Self] = &[$(Self::$rule),*];

            /// As it stands in JSON and in the table of certainty.
            pub fn name(self) -> &'static str {
                match self { $(Self::$rule => $name),* }
            }

            /// As people would name it; empty where its evidence says it all.
            pub fn in_words(self) -> &'static str {
                match self { $(Self::$rule => $words),* }
            }
        }
    };
}

rules! {
    Denial "denial" "a denial",
    DenialCertainty "denial-certainty" "how sure the denial is",
    DeniedLess "denied-less" "less is denied",
    DeniedMore "denied-more" "more is denied",
    DeniedOther "denied-other" "something else is denied",
    Negation "negation" "a negation",
    Answer "answer" "the answer to a question",
    Certainty "certainty" "how sure the claim is",
    Deed "deed" "what was done",
    Harm "harm" "what was done",
    Called "name" "what the thing is called",
    Hurt "hurt" "how grave it is",
    Gravity "gravity" "how grave it is",
    Rating "rating" "how grave it is",
    Intruders "intruders" "whether they are in",
    Cause "cause" "a cause or an agent",
    Source "source" "whose word it is",
    Figure "figure" "how many",
    Amount "amount" "how much",
    List "list" "the list of what is affected",
    Item "item" "an item",
    Period "since" "since when",
    Duration "span" "how long",
    Area "place" "where it is",
    Heading "heading" "",
    Service "service" "whether it works",
    State "state" "the state of it",
    Promise "promise" "what will be done",
    Commitment "commitment" "what is promised",
    Deadline "deadline" "by when",
    Advice "advice" "what readers should do",
    Contact "contact" "how to reach them",
    Hours "hours" "how to reach them",
    Link "link" "where the words lead",
    Number "number" "a number",
    Bound "bound" "a number",
    Version "version" "a version",
    Date "date" "a date",
    Party "party" "who is named",
    Replaced "instead" "another word",
    Opposite "opposite" "the opposite",
    Fact "fact" "",
    SameClaims "same-claims" "",
    SameKey "same-key" "",
    SameLetters "same-letters" "",
    SameValue "same-value" "one value in two forms",
    Spelling "spelling" "a slip of the pen",
    Boilerplate "boilerplate" "furniture",
    DateStamp "date-stamp" "when the page was updated",
    Perhaps "perhaps" "perhaps",
    Page "page" "",
    Term "term" "",
    Title "title" "",
    Block "block" "",
    LeadIn "lead-in" "",
    NextBlock "next-block" "",
    NextSection "next-section" "",
    NoTerm "no-term" "",
    Furniture "furniture" "",
}

impl Rule {
    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_is_known_by_a_name_of_its_own() {
        for rule in Rule::ALL.iter().copied() {
            assert_eq!(Rule::named(rule.name()), Some(rule));
        }
    }
}
