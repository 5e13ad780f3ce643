//! Whether a run of capitals names an organisation: a list of rules, each with what it is for.
//!
//! Not here: where a run ends (`runs`), what stands around it (`run`), the words that tell (`known`).

use std::ops::Range;

use crate::{
    judge::entities::{
        known::{KINDS, KNOWN, NAMERS, NOT_NAMES, NOUNS},
        lists::{enumerated, is_rolled, listed},
        run::Run,
        shape::{has_kind, is_acronym},
        split::{Word, owner},
    },
    text::spelling,
};

/// Little words before a name that may be anybody's or anything's.
const LINKS: [&str; 6] = ["by", "with", "from", "gan", "par", "partner"];

/// What is done with, by or from an organisation.
const DEALS: [&str; 50] = [
    "supplied",
    "provided",
    "run",
    "operated",
    "hosted",
    "owned",
    "managed",
    "maintained",
    "made",
    "built",
    "employed",
    "supported",
    "assisted",
    "helped",
    "advised",
    "led",
    "investigated",
    "reported",
    "audited",
    "insured",
    "sold",
    "held",
    "stored",
    "used",
    "work",
    "working",
    "worked",
    "contract",
    "partnership",
    "liaising",
    "contact",
    "along",
    "together",
    "cooperating",
    "help",
    "support",
    "advice",
    "specialists",
    "experts",
    "staff",
    "team",
    "engineers",
    "software",
    "system",
    "systems",
    "services",
    "attack",
    "breach",
    "géré",
    "fourni",
];

/// Kinds of organisations that are said of other things too.
const LOOSE: [&str; 46] = [
    "office",
    "service",
    "services",
    "systems",
    "group",
    "centre",
    "software",
    "solutions",
    "technologies",
    "technology",
    "fraud",
    "network",
    "networks",
    "digital",
    "consulting",
    "security",
    "labs",
    "cyber",
    "water",
    "energy",
    "rail",
    "health",
    "insurance",
    "practice",
    "homes",
    "housing",
    "unit",
    "force",
    "team",
    "logistics",
    "foods",
    "holdings",
    "international",
    "media",
    "telecom",
    "cloud",
    "data",
    "hosting",
    "cross",
    "forum",
    "fire",
    "ambulance",
    "pharmacy",
    "surgery",
    "airport",
    "gwasanaeth",
];

/// What is used and is nobody's name, as it begins such a name: "Windows and Linux systems".
const THINGS: [&str; 18] = [
    "windows",
    "linux",
    "android",
    "macos",
    "unix",
    "ios",
    "java",
    "python",
    "denial",
    "web",
    "remote",
    "read",
    "operating",
    "file",
    "redis",
    "login",
    "user",
    "terms",
];

/// Bodies that are called by their initials alone.
const BODIES: [&str; 61] = [
    "ico", "ncsc", "nca", "fbi", "cisa", "cert", "dhs", "sec", "ftc", "doj", "enisa", "anssi", "cnil", "bsi",
    "gchq", "psni", "cps", "hse", "cqc", "dfe", "dwp", "hmrc", "dvla", "fca", "pra", "cma", "tfl", "defra",
    "ukhsa", "mhra", "lga", "gmb", "rmt", "aslef", "bbc", "itv", "ibm", "aws", "bt", "dxc", "cgi", "nsa",
    "fda", "cdc", "who", "epa", "faa", "fema", "irs", "nist", "mod", "rspca", "rnib", "sepa", "nrw", "sopra",
    "ovh", "edf", "sncf", "ratp", "fsa",
];

/// What goes on after what a name is said to be: "a payroll provider that ...".
const DESCRIBED: [&str; 8] = ["that", "which", "based", "in", "for", "of", "to", "used"];

/// The organisation that a run of words names, if it names one.
pub(in crate::judge) fn party(words: &[Word<'_>], at: Range<usize>) -> Option<String> {
    let run = Run::of(words, at)?;
    (run.is_one() && !run.is_none()).then(|| run.bare().to_owned()).filter(|name| name.len() > 2)
}

impl Run<'_, '_> {
    /// By which it is an organisation.
    fn is_one(&self) -> bool {
        self.is_of_a_kind()
            || self.is_initials()
            || self.is_known()
            || self.is_named_as()
            || self.is_in_list()
            || self.is_rolled()
            || self.is_followed()
            || self.is_in_apposition()
            || self.is_at_theirs()
            || self.is_it()
            || self.is_which()
            || self.is_described()
    }

    /// By which it is none all the same.
    fn is_none(&self) -> bool {
        self.is_counted() || self.is_house()
    }

    fn has_kind(&self) -> bool {
        // The Safety Executive, and not a chief executive.
        let executive = self.last() == "executive" && !self.name.iter().any(|word| word == "chief");
        self.words.len() > 1 && (has_kind(self.words) || executive)
    }

    fn is_of_a_kind(&self) -> bool {
        // Marks of a page's own language are no name.
        if self.bare().contains(['<', '>', '{', '[']) {
            return false;
        }
        let strong =
            self.name.iter().any(|word| KINDS.contains(&word.as_str()) && !LOOSE.contains(&word.as_str()));
        self.has_kind() && !self.is_place() && (strong || self.is_named_loosely())
    }

    /// Whether a name whose kind may be said of anything ("systems", "security") is an organisation's: it ends in its kind,
    /// begins with no thing that is used, and stands in a sentence and not in a heading.
    fn is_named_loosely(&self) -> bool {
        let ends = LOOSE.contains(&self.last()) || self.last() == "executive";
        let thing = self
            .name
            .iter()
            .any(|word| THINGS.contains(&word.as_str()) || word.contains(|c: char| c.is_ascii_digit()));
        let capitals = self.text.iter().filter(|word| word.text.starts_with(char::is_uppercase)).count();
        // In a heading every word has its capital.
        let heading = self.text.len() > self.words.len() + 1 && capitals * 10 >= self.text.len() * 7;
        let of_service = self.last() == "service" && self.name.iter().any(|word| word == "of");
        // "The High-speed Network" is what it says, and nobody's name.
        let plain = self.follows(&["the", "our", "a", "an", "your"])
            && ["network", "networks", "systems", "service", "services", "software", "cloud"]
                .contains(&self.last())
            && self.name.iter().flat_map(|word| word.split('-')).all(spelling::is_plain);
        ends && !(thing || heading || of_service || plain)
    }

    fn is_initials(&self) -> bool {
        // "Text HELP to 60777": a word to send.
        let sent = self.follows(&["text", "word", "code", "keyword"]);
        self.words.len() == 1
            && !sent
            && self.words.first().is_some_and(|w| is_acronym(w.text))
            && !NOT_NAMES.contains(&self.last())
            && (BODIES.contains(&self.last()) || self.is_spoken_of_as_a_body())
    }

    /// Whether initials stand where only those stand who can be told, who say or who do: "we told the ICO", "the NCA said".
    /// "The DNS records" and "a ZFS bug" are things.
    fn is_spoken_of_as_a_body(&self) -> bool {
        const TOLD: [&str; 26] = [
            "told",
            "notified",
            "informed",
            "alerted",
            "contacted",
            "advised",
            "with",
            "by",
            "to",
            "from",
            "and",
            "thank",
            "thanks",
            "reported",
            "asked",
            "joined",
            "against",
            "supplier",
            "regulator",
            "contractor",
            "partner",
            "insurer",
            "operator",
            "chez",
            "gan",
            "par",
        ];
        const DOES: [&str; 22] = [
            "said",
            "says",
            "has",
            "have",
            "is",
            "are",
            "was",
            "told",
            "will",
            "confirmed",
            "advised",
            "investigates",
            "investigating",
            "found",
            "published",
            "warned",
            "ruled",
            "leads",
            "led",
            "runs",
            "supplies",
            "provides",
        ];
        let article = self.follows(&["the", "l'", "la", "le", "yr", "y"]);
        let before = self.nth_before(if article { 2 } else { 1 });
        let told = before.is_some_and(|w| !w.ends && TOLD.contains(&w.text.to_lowercase().as_str()));
        let ends = self.ends()
            || self.at.end == self.text.len()
            || self.precedes(&[
                "and", "about", "of", "that", "on", "in", "as", "for", "to", "who", "which", "under",
                "within", "at", "because", "when", "after",
            ]);
        let does = self.precedes(&DOES);
        article && (does || told && ends)
            || told
                && (ends || does)
                && self.nth_before(1).is_some_and(|w| {
                    w.text != "to"
                        && w.text != "with"
                        && w.text != "from"
                        && w.text != "by"
                        && w.text != "and"
                })
    }

    fn is_known(&self) -> bool {
        KNOWN.contains(&self.bare())
    }

    /// "Our supplier Lanyard", "with the NCSC, the police and Civica".
    fn is_named_as(&self) -> bool {
        let named = self.follows(NAMERS) && (!self.follows(&LINKS) || self.is_linked());
        (named || enumerated(self.text, self.at.start))
            && !self.is_place()
            && !self.is_time()
            && !self.has_digit()
    }

    /// Whether the little word before a name is one by which somebody does something for somebody: "supplied by", "work with".
    fn is_linked(&self) -> bool {
        self.nth_before(2).is_some_and(|w| !w.ends && DEALS.contains(&w.text.to_lowercase().as_str()))
    }

    fn has_digit(&self) -> bool {
        self.name.iter().any(|word| word.contains(|c: char| c.is_ascii_digit()))
    }

    /// "Ellerby and Stanmere councils", "Ellerby, Stanmere and Corrindale councils", and not "Kent councils".
    fn is_in_list(&self) -> bool {
        let one_of = self.follows(&["and", "a", "et"]) || self.precedes(&["and"]) || self.ends();
        !self.has_kind() && one_of && listed(self.text, self.at.start) && !self.is_time()
    }

    /// "The councils involved are Ellerby, Stanmere and Corrindale".
    fn is_rolled(&self) -> bool {
        is_rolled(self.text, self.at.start) && !self.is_place() && !self.is_time()
    }

    /// "Ellerby council".
    fn is_followed(&self) -> bool {
        self.precedes(&["council", "police", "ltd"])
    }

    /// "Our supplier, Lanyard".
    fn is_in_apposition(&self) -> bool {
        self.nth_before(1).is_some_and(|w| w.ends && NAMERS.contains(&owner(w.text).as_str()))
    }

    /// "Our partners at Lanyard Records".
    fn is_at_theirs(&self) -> bool {
        const THEY: [&str; 6] =
            ["partners", "colleagues", "suppliers", "contractors", "specialists", "experts"];
        self.follows(&["at"])
            && self.nth_before(2).is_some_and(|w| THEY.contains(&w.text))
            && !self.is_place()
    }

    /// "Our supplier is Lanyard".
    fn is_it(&self) -> bool {
        self.follows(&["is", "was"])
            && self.nth_before(2).is_some_and(|w| NOUNS.contains(&owner(w.text).as_str()))
            && !self.is_place()
            && !self.is_time()
    }

    /// "Brackendale Imaging, which runs the scanners": people are not which.
    fn is_which(&self) -> bool {
        self.words.len() > 1 && self.ends() && self.precedes(&["which"]) && !self.is_place()
    }

    /// "Zellis, a payroll provider".
    fn is_described(&self) -> bool {
        self.ends()
            && self.precedes(&["a", "an", "the", "our"])
            && !self.follows(&["in"])
            && !self.is_place()
            && is_described(self.text.get(self.at.end + 1..).unwrap_or_default())
    }

    /// "National Insurance numbers" are no body's.
    fn is_counted(&self) -> bool {
        self.precedes(&["number", "numbers"])
    }

    /// "Vouchers can be collected from the Bridge Centre": a house to go to.
    fn is_house(&self) -> bool {
        const BODY: [&str; 4] = ["national", "cyber", "security", "resilience"];
        matches!(self.last(), "centre" | "hall" | "library")
            && self.follows(&["the"])
            && self.nth_before(2).is_some_and(|w| matches!(w.text, "from" | "at" | "in" | "to"))
            && !self.name.iter().any(|word| BODY.contains(&word.as_str()))
    }
}

/// Whether what is said of a name is what it is: "a payroll provider that ...", and not "a union official".
fn is_described(words: &[Word<'_>]) -> bool {
    words.iter().take(3).enumerate().any(|(n, word)| {
        NOUNS.contains(&word.text)
            && (word.ends || words.get(n + 1).is_some_and(|next| DESCRIBED.contains(&next.text)))
    })
}
