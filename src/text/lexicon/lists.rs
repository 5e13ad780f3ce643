//! Lists of words that a rule asks for as they stand: whether a word is one of them, or whether a text has, begins or ends
//! with one. Of several languages at once; compiled in.
//!
//! Not here: words that are found by patterns, each class in its language (`lexicon`), and what a word means (`judge`).

use std::sync::LazyLock;

macro_rules! lists {
    ($($list:ident $name:literal),* $(,)?) => {
        /// A list of words.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum List { $($list),* }

        impl List {
            pub(crate) const ALL: &[Self] = &[$(Self::$list),*];

            /// As it stands in the file.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$list => $name),* }
            }
        }
    };
}

lists! {
    HedgeAsking "hedge-asking",
    DoubtDenied "doubt-denied",
    MayMonth "may-month",
    DataVerb "data-verb",
    DataWanted "data-wanted",
    DenialSystem "denial-system",
    DenialClaim "denial-claim",
    DenialAim "denial-aim",
    DenialRelative "denial-relative",
    DenialSays "denial-says",
    DenialFound "denial-found",
    DenialSought "denial-sought",
    DenialWelshVerb "denial-welsh-verb",
    DenialEnd "denial-end",
    DeedFindings "deed-findings",
    DeedPutOut "deed-put-out",
    Means "means",
    MeansDevice "means-device",
    MeansAccess "means-access",
    NegationAffirms "negation-affirms",
    NegationDouble "negation-double",
    NegationDoubleRest "negation-double-rest",
    NegationHalf "negation-half",
    NegationExclude "negation-exclude",
    NegationRetracts "negation-retracts",
    NegationUndecided "negation-undecided",
    NegationUnable "negation-unable",
    NegationFrench "negation-french",
    NegationHollow "negation-hollow",
    OppositePrefix "opposite-prefix",
    OppositeWhole "opposite-whole",
    ServiceComment "service-comment",
    ServiceContrary "service-contrary",
    ServicePeopleAct "service-people-act",
    ServiceSaid "service-said",
    ServiceUnreal "service-unreal",
    ServiceWork "service-work",
    ServiceSay "service-say",
    ServiceAwaited "service-awaited",
    ServicePeople "service-people",
    Malware "malware",
    ClauseJoiner "clause-joiner",
    Determiner "determiner",
    IntruderTool "intruder-tool",
    IntruderAble "intruder-able",
    ReaderState "reader-state",
    ReaderAsk "reader-ask",
    ReaderNot "reader-not",
    PartyKind "party-kind",
    PartyJoiner "party-joiner",
    PartyNotFirst "party-not-first",
    PartyIntroduced "party-introduced",
    PartyKnown "party-known",
    PartyEnd "party-end",
    PartyRole "party-role",
    PartyNoName "party-no-name",
    PlaceName "place-name",
    PartyCommon "party-common",
    PartyNoun "party-noun",
    PartyAnyone "party-anyone",
    PartyListGap "party-list-gap",
    PartyLink "party-link",
    PartyDeal "party-deal",
    PartyLooseKind "party-loose-kind",
    PartyThing "party-thing",
    PartyBody "party-body",
    PartyDescribed "party-described",
    PartySpokenOf "party-spoken-of",
    PartyAct "party-act",
    PartyPlaceOwner "party-place-owner",
    PartyHouse "party-house",
    Concession "concession",
    ConcessionTurn "concession-turn",
    SentenceJoiner "sentence-joiner",
    People "people",
    NextUpdate "next-update",
    TellingShort "telling-short",
    FurnitureIncident "furniture-incident",
    FurnitureLabel "furniture-label",
    FurnitureOpening "furniture-opening",
    FurniturePage "furniture-page",
    FurniturePager "furniture-pager",
    StampFiller "stamp-filler",
    StampAge "stamp-age",
    StampAwaited "stamp-awaited",
    StampNoun "stamp-noun",
    StampWord "stamp-word",
    StampOtherThing "stamp-other-thing",
    StampNoPage "stamp-no-page",
    StampEvent "stamp-event",
    StampPlain "stamp-plain",
    Answer "answer",
    AdviceNoCommand "advice-no-command",
    AdviceOpening "advice-opening",
    AdviceCondition "advice-condition",
    AdviceFollowing "advice-following",
    AdviceSays "advice-says",
    Reader "reader",
    AdvicePassive "advice-passive",
    AdviceOtherPeople "advice-other-people",
    AdviceGap "advice-gap",
    AdviceDuty "advice-duty",
    AdviceNoDeed "advice-no-deed",
    AdviceRecommends "advice-recommends",
    AdviceWay "advice-way",
    CauseAgent "cause-agent",
    CauseOpen "cause-open",
    CauseSought "cause-sought",
    CauseUnknown "cause-unknown",
    CauseAnybody "cause-anybody",
    CauseOrdinaryAct "cause-ordinary-act",
    CauseOrdinaryTells "cause-ordinary-tells",
    CauseTime "cause-time",
    CausePretends "cause-pretends",
    CauseDefinite "cause-definite",
    CauseEvent "cause-event",
    CauseLed "cause-led",
    CauseBlames "cause-blames",
    CauseAct "cause-act",
    CauseReason "cause-reason",
    CauseCausing "cause-causing",
    SourceWho "source-who",
    SourceSays "source-says",
    SourceHears "source-hears",
    ContactSent "contact-sent",
    ContactReaches "contact-reaches",
    ContactOnce "contact-once",
    AdmittedAuxiliary "admitted-auxiliary",
    AdmittedDeed "admitted-deed",
    AnswerYes "answer-yes",
    AnswerNo "answer-no",
    DeniedWeak "denied-weak",
    DeniedNearly "denied-nearly",
    DeniedBound "denied-bound",
    DeniedNone "denied-none",
    Possessive "possessive",
    ReversalMends "reversal-mends",
    ReversalWorks "reversal-works",
    ReversalWorksEnding "reversal-works-ending",
    ReversalSays "reversal-says",
    Supply "supply",
    BoundUnit "bound-unit",
    HeadingFollows "heading-follows",
    HeadingTells "heading-tells",
    HeadingFrame "heading-frame",
    HeadingVerb "heading-verb",
    PartyListTitle "party-list-title",
    PartyGeneral "party-general",
    PlainTurn "plain-turn",
    PlainLone "plain-lone",
    PromiseThing "promise-thing",
    PromiseSpeaker "promise-speaker",
    PromiseThought "promise-thought",
    PromiseHope "promise-hope",
    PromiseCondition "promise-condition",
    PromiseInterval "promise-interval",
    ScopeReported "scope-reported",
    ScopePart "scope-part",
    ScopeWhole "scope-whole",
    ScopeRelative "scope-relative",
    ScopeArea "scope-area",
    ScopeLead "scope-lead",
    ScopePossessive "scope-possessive",
    ScopeClause "scope-clause",
    ScopeSubject "scope-subject",
    ScopeDeniedVerb "scope-denied-verb",
    ScopeKnown "scope-known",
    ScopeReader "scope-reader",
    ScopeNoThing "scope-no-thing",
    ScopeVerb "scope-verb",
    ScopeLeftOut "scope-left-out",
    ScopeExcept "scope-except",
    ScopeWhose "scope-whose",
    ScopeSince "scope-since",
    ScopeBack "scope-back",
    ScopeDuration "scope-duration",
    ScopeDurationLead "scope-duration-lead",
    ServiceMended "service-mended",
    ServiceAll "service-all",
    ServiceFlag "service-flag",
    SeverityRating "severity-rating",
    SeverityGap "severity-gap",
    SeverityThing "severity-thing",
    IntruderInside "intruder-inside",
    StateAfter "state-after",
    StateLead "state-lead",
    StateAwaited "state-awaited",
    StateNoneOf "state-none-of",
    NumberWhere "number-where",
    DayBefore "day-before",
    DayAfter "day-after",
    YearCountBound "year-count-bound",
    MonthVerb "month-verb",
    VersionBefore "version-before",
    VersionGap "version-gap",
    PromiseSpan "promise-span",
    PerCent "per-cent",
    SpeltNoFigure "spelt-no-figure",
    TimeBefore "time-before",
    TimeUnit "time-unit"
}

static FILE: &str = include_str!("../lexicons/lists.txt");

/// The words of each list, by its number.
static WORDS: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let mut all: Vec<Vec<String>> = List::ALL.iter().map(|_| Vec::new()).collect();
    let mut list = None;
    for line in FILE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(name) => list = List::ALL.iter().position(|list| list.name() == name),
            None => {
                if let Some(words) = list.and_then(|list| all.get_mut(list)) {
                    words.push(line.replace('_', " "));
                }
            }
        }
    }
    all
});

impl List {
    /// Its words, in the order of the file.
    pub(crate) fn iter(self) -> impl DoubleEndedIterator<Item = &'static str> + ExactSizeIterator {
        WORDS.get(self as usize).map(Vec::as_slice).unwrap_or_default().iter().map(String::as_str)
    }

    /// Whether a folded word is one of them.
    pub(crate) fn has(self, word: &str) -> bool {
        self.iter().any(|known| known == word)
    }

    /// The first of them that a folded text has anywhere.
    pub(crate) fn within(self, text: &str) -> Option<&'static str> {
        self.iter().find(|words| text.contains(words))
    }

    /// The first of them that a folded text begins with.
    pub(crate) fn opening(self, text: &str) -> Option<&'static str> {
        self.iter().find(|words| text.starts_with(words))
    }

    /// The first of them that a folded text ends with.
    pub(crate) fn closing(self, text: &str) -> Option<&'static str> {
        self.iter().find(|words| text.ends_with(words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_of_the_file_is_a_list_and_every_list_has_words_of_which_none_stands_twice() {
        for name in FILE.lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(']')) {
            assert!(List::ALL.iter().any(|list| list.name() == name), "[{name}]");
        }
        for list in List::ALL {
            let mut words: Vec<_> = list.iter().collect();
            words.sort_unstable();
            let twice: Vec<_> = words.windows(2).filter(|two| two.first() == two.last()).collect();
            assert!(!words.is_empty() && twice.is_empty(), "{}: {twice:?}", list.name());
        }
    }
}
