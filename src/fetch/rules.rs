//! The rules of a robots.txt (RFC 9309, sections 2.1 and 2.2): read, asked, and written down for a later run. Pure.
//!
//! Not here: fetching it. Parsing and matching are the `robotxt` crate's.

use std::time::Duration;

use robotxt::Robots;
use url::{Position, Url};

/// The name that rules are looked up by.
const AGENT: &str = "onrecord";
/// The longest `Crawl-delay` that is kept.
const LONGEST_DELAY: Duration = Duration::from_mins(1);

/// The rules that apply to this program.
#[derive(Debug)]
pub(super) struct Rules(Robots);

impl Rules {
    /// The rules of a file; none where it has none, whatever else it holds.
    pub(super) fn parse(text: &[u8]) -> Self {
        Self(Robots::parse(&without_versions(text), AGENT))
    }

    /// No rules: everything may be asked for.
    pub(super) fn none() -> Self {
        Self(Robots::allow_all())
    }

    /// The pause that they ask for, capped.
    pub(super) fn delay(&self) -> Duration {
        self.0.crawl_delay().unwrap_or_default().min(LONGEST_DELAY)
    }

    /// The rule that closes an address.
    pub(super) fn closing(&self, url: &Url) -> Option<&str> {
        if self.0.is_url_allowed(url) {
            return None;
        }
        let path = &url[Position::BeforePath..Position::AfterQuery];
        Some(self.0.matching_rule(path).map_or("", robotxt::Rule::pattern))
    }

    /// About how many bytes they take in memory.
    pub(super) fn weight(&self) -> usize {
        self.0.rules().iter().map(|rule| size_of::<robotxt::Rule>() + rule.pattern().len()).sum()
    }

    /// The rules as a robots.txt of their own.
    pub(super) fn write(&self) -> String {
        let rules = self.0.rules().iter().map(|rule| {
            let kind = if rule.is_allow() { "Allow" } else { "Disallow" };
            format!("{kind}: {}", rule.pattern())
        });
        let delay = self.0.crawl_delay().map(|delay| format!("Crawl-delay: {}", delay.as_secs_f64()));
        let lines: Vec<_> =
            std::iter::once(format!("User-agent: {AGENT}")).chain(rules).chain(delay).collect();
        lines.join("\n")
    }
}

/// The same with `onrecord/1.0` as `onrecord`: a product token has no version (section 2.2.1), but people copy what
/// their log shows. Blanks keep the length, by which a file that was cut is known.
fn without_versions(text: &[u8]) -> Vec<u8> {
    let mut text = text.to_vec();
    for line in text.split_mut(|byte| matches!(byte, b'\n' | b'\r' | 0)) {
        let Some(colon) = line.iter().position(|&byte| byte == b':') else { continue };
        let (key, value) = line.split_at_mut(colon);
        if key.to_ascii_lowercase().trim_ascii_end().ends_with(b"user-agent")
            && let Some(slash) = value.iter().position(|&byte| byte == b'/')
            && let Some(version) = value.get_mut(slash..)
        {
            version.fill(b' ');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(text: impl AsRef<[u8]>, path: &str) -> bool {
        let url = Url::parse("https://wantsum.example").unwrap().join(path).unwrap();
        Rules::parse(text.as_ref()).closing(&url).is_none()
    }

    #[test]
    fn the_longest_rule_wins_and_the_own_group_goes_before_the_others() {
        let text =
            "User-agent: *\nDisallow: /\n\nUser-agent: OnRecord\nDisallow: /news/\nAllow: /news/notice$\n";
        assert!(open(text, "/about"));
        assert!(open(text, "/news/notice"));
        assert!(!open(text, "/news/notice?page=2"));
        assert!(!open("User-agent: *\nDisallow: /a\nUser-agent: other\nAllow: /", "/a/b"));
        assert!(open("<html>Not found</html>", "/"));
    }

    /// The examples of RFC 9309, sections 2.2.2, 2.2.3 and 5, and what files in the wild hold.
    #[test]
    fn rules_are_read_as_the_standard_says() {
        let any = |rules: &str| format!("User-Agent: *\n{rules}");
        for (rules, path, expected) in [
            ("Disallow: /foo/bar?baz=quz", "/foo/bar?baz=quz&x", false),
            ("Disallow: /foo/bar/\u{30c4}", "/foo/bar/%E3%83%84", false),
            ("Disallow: /foo/bar/%E3%83%84", "/foo/bar/\u{30c4}", false),
            ("Disallow: /foo/bar/%62%61%7A", "/foo/bar/baz", false),
            ("Disallow: /a%2Fb", "/a/b", true),
            ("Disallow: *.gif$", "/x.gif", false),
            ("Disallow: *.gif$", "/x.gif?y", true),
            ("Disallow: /example/\nAllow: /example/page", "/example/page.html", true),
            ("Allow: /example/\nDisallow: /example/*.html", "/example/page.html", false),
            ("Disallow: /a\nAllow: /a", "/a", true),
            ("Disallow:", "/", true),
            ("Disallow: /", "/robots.txt", true),
            ("Disallow: /A", "/a", true),
            ("Disallow: /a # and below", "/a/b", false),
            ("Disallow: /a\r\nSitemap: https://wantsum.example/s\r\nDisallow: /b", "/b", false),
            ("Unknown: 1\nDisallow: /a", "/a", false),
            ("Disallow: /a*b*c*d", "/a-b-c-x", true),
        ] {
            assert_eq!(open(any(rules), path), expected, "{rules:?} for {path}");
        }
    }

    #[test]
    fn groups_are_found_by_the_products_name() {
        for (text, expected) in [
            ("User-agent: onrecord/0.1.0 (+desk)\nDisallow: /", false),
            ("\u{feff}user-agent : ONRECORD # us\nDisallow: /", false),
            ("User-agent: a\nUser-agent: onrecord\nUser-agent: b\nDisallow: /", false),
            (
                "User-agent: onrecord\nAllow: /x\nUser-agent: a\nAllow: /\nUser-agent: onrecord\nDisallow: /",
                false,
            ),
            ("User-agent: onrecordbot\nDisallow: /", true),
            ("User-agent: record\nDisallow: /", true),
            ("User-agent: *\nDisallow: /\nUser-agent: onrecord\nAllow: /", true),
            ("User-agent: *\nDisallow: /\nUser-agent: onrecord\n", true),
            ("Disallow: /", true),
        ] {
            assert_eq!(open(text, "/page"), expected, "{text:?}");
        }
    }

    #[test]
    fn a_hostile_file_is_read_without_harm() {
        assert!(open([0xff, 0xfe, 0, b'\n', b':', b'\n'], "/"));
        let cut = format!("User-agent: *\nDisallow: /a\n#{}\nDisallow: /", "x".repeat(robotxt::BYTE_LIMIT));
        assert!(open(&cut, "/b") && !open(&cut, "/a"), "what is past the limit is not read");
        for (value, seconds) in [("-1", 0), ("inf", 0), ("NaN", 0), ("1e300", 0), ("999", 60), ("7", 7)] {
            let rules = Rules::parse(format!("User-agent: *\nCrawl-delay: {value}").as_bytes());
            assert_eq!(rules.delay(), Duration::from_secs(seconds), "{value}");
        }
        let many = format!("User-agent: *\n{}", "Disallow: *a*a*a*a*b\n".repeat(20_000));
        let begun = std::time::Instant::now();
        assert!(open(&many, &format!("/{}", "a".repeat(8000))));
        assert!(begun.elapsed() < Duration::from_secs(5));
    }

    #[test]
    fn rules_are_the_same_after_they_were_kept() {
        let text = "User-agent: *\nCrawl-delay: 2.5\nDisallow: /a\nAllow: /a/b\nDisallow: /*.pdf$\nDisallow: /h%23\n";
        let before = Rules::parse(text.as_bytes());
        let after = Rules::parse(before.write().as_bytes());
        assert_eq!((after.0.rules(), after.0.crawl_delay()), (before.0.rules(), before.0.crawl_delay()));
        assert!(!before.0.rules().is_empty() && before.weight() > 100);
    }
}
