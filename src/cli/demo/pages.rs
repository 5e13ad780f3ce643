//! The pages of the demo as real sites would serve them: four layouts, each with menus, consent text, tokens,
//! clocks, counters and asset names that are new in every response.
//!
//! The furniture is ours too. What moves comes from a seed, so that a run of the demo can be repeated to the byte.

use std::fmt::Write as _;

use fastrand::Rng;
use jiff::{Timestamp, civil::Date};

use super::site::{Block, Layout, Page, Words};
use crate::render::escape;

/// What differs between two responses that say the same.
pub(super) struct Noise {
    rng: Rng,
    at: Timestamp,
}

impl Noise {
    /// The noise of one response at the scenario's clock.
    pub(super) fn new(seed: u64, at: Timestamp) -> Self {
        Self { rng: Rng::with_seed(seed), at }
    }

    fn hex(&mut self, digits: usize) -> String {
        (0..digits).map(|_| char::from_digit(self.rng.u32(0..16), 16).unwrap_or('0')).collect()
    }

    fn clock(&mut self) -> String {
        self.at.strftime(&format!("%H:%M:{:02}", self.rng.u8(0..60))).to_string()
    }

    fn views(&mut self) -> u32 {
        self.rng.u32(1_200..9_800)
    }
}

/// A page that says `words`.
pub(super) fn says(page: &Page, words: &Words, noise: &mut Noise) -> String {
    let title = escape::html(words.title);
    let text: String = words.sections.iter().flat_map(|s| s.iter()).map(|b| block(b, page.layout)).collect();
    body(
        page,
        words.title,
        &dated(page.layout, &title, words.date, &text),
        words.banner,
        Some(words.date),
        noise,
    )
}

/// A page that says "not found" in the site's own dress.
pub(super) fn not_found(page: &Page, noise: &mut Noise) -> String {
    let text = "<h1>Page not found</h1>\n<p>Sorry, the page you were looking for could not be found.</p>\n\
                <p>It may have been moved or deleted. Check the address, or go to the <a href=\"/\">home page</a>.</p>";
    body(page, "Page not found", text, "", None, noise)
}

/// The page of a web server whose site is down.
pub(super) fn down(status: u16) -> String {
    format!(
        "<html><head><title>{status} Service Unavailable</title></head><body><center><h1>{status} Service \
         Unavailable</h1></center><hr><center>nginx</center></body></html>\n"
    )
}

fn block(block: &Block, layout: Layout) -> String {
    let e = escape::html;
    match block {
        Block::Heading(words) => format!("<h2>{}</h2>\n", e(words)),
        Block::Text(words) if layout == Layout::Legacy => format!("{}<br /><br />\n", e(words)),
        Block::Text(words) => format!("<p>{}</p>\n", e(words)),
        Block::Items(items) => {
            let items: Vec<String> = items.iter().map(|i| format!("<li>{}</li>", e(i))).collect();
            format!("<ul>{}</ul>\n", items.concat())
        }
        Block::Rows(rows) => {
            let rows: Vec<String> =
                rows.iter().map(|(a, b)| format!("<tr><th>{}</th><td>{}</td></tr>", e(a), e(b))).collect();
            format!("<table><tbody>{}</tbody></table>\n", rows.concat())
        }
    }
}

/// Heading, stated date and text, in the way of the site.
fn dated(layout: Layout, title: &str, date: Date, text: &str) -> String {
    let long = date.strftime("%-d %B %Y");
    match layout {
        Layout::Portal => format!(
            "<h1>{title}</h1>\n<p class=\"published\">Published: <time datetime=\"{date}\">{long}</time></p>\n{text}"
        ),
        Layout::Legacy => format!(
            "<span class=\"PageTitle\"><h1>{title}</h1></span>\n{text}<span class=\"small\">Last updated: {}</span>",
            date.strftime("%d/%m/%Y")
        ),
        Layout::Divs => {
            format!("<h1>{title}</h1>\n<div class=\"meta\">Last updated: {long}</div>\n{text}")
        }
        Layout::Newsroom => {
            format!("<header><h1>{title}</h1><time datetime=\"{date}\">{long}</time></header>\n{text}")
        }
    }
}

fn body(page: &Page, title: &str, text: &str, banner: &str, date: Option<Date>, n: &mut Noise) -> String {
    let e = escape::html;
    let (org, title, asset) = (e(page.body), e(title), n.hex(8));
    let (token, nonce, views, clock) = (n.hex(40), n.hex(16), n.views(), n.clock());
    let menu = menu(n);
    let head = format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title} - {org}</title>\n\
         <!-- Part of a re-enactment: names and words are invented. -->\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"csrf-token\" content=\"{token}\">\n\
         <link rel=\"stylesheet\" href=\"/assets/site.{asset}.css\">\n\
         <script nonce=\"{nonce}\">window.dataLayer=[{{\"page\":\"{title}\",\"rid\":\"{nonce}\"}}];</script>\n\
         <script defer src=\"/assets/app.{asset}.js\"></script>\n"
    );
    let footer = format!(
        "<ul><li><a href=\"/accessibility\">Accessibility</a></li><li><a href=\"/privacy\">Privacy notice</a></li>\
         <li><a href=\"/cookies\">Cookies</a></li><li><a href=\"/terms\">Terms of use</a></li></ul>\
         <p>© {org}. This page has been viewed {views} times. Page generated at {clock}.</p>"
    );
    match page.layout {
        Layout::Portal => {
            let alert = if banner.is_empty() {
                String::new()
            } else {
                format!(
                    "<div class=\"site-alert\" role=\"region\" aria-label=\"Alert\"><p>{}</p></div>\n",
                    e(banner)
                )
            };
            format!(
                "{head}</head>\n<body class=\"page-{asset}\">\n<a class=\"skip\" href=\"#main-content\">Skip to main \
                 content</a>\n{COOKIES}\n{alert}<header role=\"banner\"><a href=\"/\">{org}</a>\n<form \
                 action=\"/search\" role=\"search\"><label>Search this site<input name=\"q\"></label><input \
                 type=\"hidden\" name=\"_token\" value=\"{token}\"><button>Search</button></form>\n<nav \
                 aria-label=\"Main\">{menu}</nav></header>\n<nav aria-label=\"Breadcrumb\"><ol><li><a \
                 href=\"/\">Home</a></li><li><a href=\"/news\">News</a></li></ol></nav>\n<main \
                 id=\"main-content\">\n{text}</main>\n<aside class=\"related\"><h2>Popular pages</h2>{}</aside>\n\
                 {FEEDBACK}\n<footer role=\"contentinfo\">{footer}</footer>\n</body>\n</html>\n",
                popular(n)
            )
        }
        Layout::Legacy => format!(
            "{head}</head>\n<body bgcolor=\"#ffffff\">\n<form method=\"post\" action=\"./default.aspx\" \
             id=\"aspnetForm\">\n<input type=\"hidden\" name=\"__VIEWSTATE\" value=\"{token}{nonce}\" />\n<input \
             type=\"hidden\" name=\"__EVENTVALIDATION\" value=\"{nonce}\" />\n<div id=\"cookieBar\">We use cookies to \
             make this website better. <a href=\"/cookies\">Read more</a> <input type=\"button\" value=\"OK\" \
             /></div>\n<table id=\"layout\" width=\"960\" cellspacing=\"0\"><tr><td id=\"top\" \
             colspan=\"3\"><a href=\"/\">{org}</a> <span id=\"clock\">{clock}</span></td></tr>\n<tr><td \
             id=\"leftMenu\" valign=\"top\" width=\"200\">{menu}</td>\n<td id=\"contentArea\" valign=\"top\"><div \
             id=\"ctl00_Content\">\n{text}\n</div></td>\n<td id=\"rightCol\" valign=\"top\" \
             width=\"180\"><h3>Popular pages</h3>{}</td></tr>\n<tr><td id=\"foot\" \
             colspan=\"3\">{footer}</td></tr></table>\n</form>\n</body>\n</html>\n",
            popular(n)
        ),
        Layout::Divs => {
            let css = n.hex(6);
            format!(
                "{head}</head>\n<body>\n<div id=\"app\" class=\"css-{css}\">\n<div class=\"topbar css-{css}\"><a \
                 href=\"/\">{org}</a><div class=\"nav\">{menu}</div></div>\n<div class=\"hero\"><img \
                 src=\"/img/hero.{asset}.jpg\" alt=\"\"></div>\n<div class=\"container css-{css}\">\n<div \
                 class=\"row\"><div class=\"col-md-9 page-body\">\n{text}</div>\n<div class=\"col-md-3 \
                 sidebar\"><h3>Popular pages</h3>{}</div></div>\n</div>\n{FEEDBACK}\n<div \
                 class=\"footer\">{footer}</div>\n{COOKIES}\n</div>\n</body>\n</html>\n",
                popular(n)
            )
        }
        Layout::Newsroom => {
            let linked = date.map_or(String::new(), |date| {
                format!(
                    "<script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\
                     \"NewsArticle\",\"headline\":\"{title}\",\"datePublished\":\"{date}\",\"dateModified\":\
                     \"{date}\"}}</script>\n"
                )
            });
            format!(
                "{head}{linked}</head>\n<body data-request=\"{nonce}\">\n{COOKIES}\n<header><a \
                 href=\"/\">{org}</a><nav>{menu}</nav></header>\n<div class=\"layout\"><article \
                 class=\"press-release\">\n{text}</article>\n<section class=\"more\"><h2>More from \
                 us</h2>{}</section></div>\n<div class=\"newsletter\"><h2>Sign up for our newsletter</h2><form \
                 method=\"post\"><input type=\"hidden\" name=\"csrf\" value=\"{token}\"><label>E-mail<input \
                 name=\"email\"></label><button>Sign up</button></form></div>\n<footer>{footer}</footer>\n</body>\n\
                 </html>\n",
                popular(n)
            )
        }
    }
}

const COOKIES: &str = "<div class=\"cookie-consent\" role=\"dialog\" aria-label=\"Cookies\"><p>We would like to set \
    some cookies so that we can see how this website is used.</p><button>Accept all</button><button>Reject \
    all</button></div>";

const FEEDBACK: &str = "<div class=\"page-feedback\"><p>Is this page useful?</p><button>Yes</button><button>No</button>\
    <a href=\"/report\">Report a problem with this page</a></div>";

const AREAS: &[&str] = &[
    "Bins and recycling",
    "Council tax",
    "Housing",
    "Planning and building",
    "Parking and roads",
    "Benefits",
    "Leisure and parks",
    "Elections and voting",
    "Business",
    "Your council",
];

const TASKS: &[&str] =
    &["Apply", "Pay", "Report", "Find out more", "Contact us", "Frequently asked questions", "Meetings"];

/// A mega menu: the same areas each time, with one seasonal entry that comes and goes.
fn menu(n: &mut Noise) -> String {
    let mut out = String::from("<ul>");
    let promoted = n.rng.usize(0..AREAS.len());
    for (i, area) in AREAS.iter().enumerate() {
        let _ = write!(out, "<li><a href=\"/s/{i}\">{area}</a><ul>");
        for (j, task) in TASKS.iter().enumerate() {
            let _ = write!(out, "<li><a href=\"/s/{i}/{j}?sid={}\">{task}</a></li>", n.hex(6));
        }
        if i == promoted {
            out.push_str("<li><a href=\"/new\">New this week</a></li>");
        }
        out.push_str("</ul></li>");
    }
    out.push_str("</ul>");
    out
}

/// Links that other visitors followed, in another order each time.
fn popular(n: &mut Noise) -> String {
    let mut areas: Vec<&str> = AREAS.to_vec();
    n.rng.shuffle(&mut areas);
    let items: Vec<String> =
        areas.iter().take(5).map(|a| format!("<li><a href=\"/popular\">{a}</a></li>")).collect();
    format!("<ul>{}</ul>", items.concat())
}
