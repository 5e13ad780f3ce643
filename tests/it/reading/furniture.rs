//! Furniture that sites put into the very element of the statement: none of it is read, wherever it stands.

use super::{bare, read_of, site};

const SAID: [&str; 3] = [
    "Cyber incident",
    "We took our systems off line on Thursday after a cyber attack.",
    "No personal data was copied.",
];

/// Each as some site has it.
const FURNITURE: [&str; 81] = [
    "<p><time>2 days ago</time> <span>Updated</span></p>",
    "<p>Updated over a week ago</p>",
    "<p>il y a 2 jours</p>",
    "<p>12 out of 17 found this helpful</p>",
    "<p>Sign up for our free weekly newsletter and never miss a story</p>",
    "<section><h2>More from our blog</h2><div><a href=/1><h3>Five trends in local life</h3></a><div>What we learned.</div></div><div><a href=/2><h3>Product update: autumn</h3></a><div>More of it.</div></div></section>",
    "<section><h3>You may also be interested in</h3><ul><li><a href=/1>Market returns to the square</a><p>Forty traders come.</p></li><li><a href=/2>Buses in the rural north</a><p>Services run later.</p></li></ul></section>",
    "<ul><li>Tagged as: <a href=/t/c>Council</a></li></ul>",
    "<p>4 min read · 18 January 2026</p>",
    "<p>You are visitor number 104,221 since 1999</p>",
    "<p>3 people like this</p>",
    "<p>Today 14°C</p>",
    "<section><h2>À lire aussi</h2><ul><li><a href=/v>Vœux du maire</a></li></ul></section>",
    "<ul id=mainnav><li><a href=/>Home</a></li><li><a href=/bins>Bins</a></li></ul>",
    "<div class=cookienotice><p>We use cookies on this site.</p><button>Fine</button></div>",
    "<div class=footerlinks><p>Wharf Council, <a href=/find>where to find us</a></p></div>",
    "<div class=footer><p>Registered charity 1234. Registered office: 1 Quay Street.</p></div>",
    "<div class=modal><p>Your session is about to end.</p></div>",
    "<p>Did you find what you were looking for? Yes No</p>",
    "<h4>Share This Story, Choose Your Platform!</h4>",
    "<p>3 min read</p>",
    "<p>Estimated reading time: 4 minutes</p>",
    "<p>5 minute read</p>",
    "<p>Share this post</p>",
    "<p>Link copied to clipboard!</p>",
    "<div class=w-form-done><div>Thank you! Your submission has been received!</div></div>",
    "<p><a href=/news>Back to news</a></p>",
    r#"<div class="related-pages"><h2>Related pages</h2><ul><li><a href=/a>Council tax</a></li><li><a href=/b>Bins and recycling</a></li></ul></div>"#,
    r#"<div class="section-nav"><h2>In this section</h2><ul><li><a href=/a>News archive</a></li><li><a href=/b>Press office</a></li></ul></div>"#,
    r#"<section class="page-feedback"><h2>Was this page useful?</h2><button>Yes</button><button>No</button></section>"#,
    r#"<div id="useful"><p>Was this page useful?</p><form><label><input type=radio name=u> Yes</label><label><input type=radio name=u> No</label><button>Send</button></form></div>"#,
    r#"<ul class="share-links"><li><a href="https://facebook.com/sharer?u=x">Share on Facebook</a></li><li><a href="https://twitter.com/intent/tweet?u=x">Share on X</a></li></ul>"#,
    r#"<div class="signup"><h2>Sign up for our newsletter</h2><p>Get the latest news from the council in your inbox.</p><form><input type=email><button>Subscribe</button></form></div>"#,
    r#"<div class="tags">Tags: <a href=/t/a>news</a>, <a href=/t/b>IT</a></div>"#,
    r#"<div class="cookie-notice" role="region"><p>We use cookies to make this site work. You can accept or reject them.</p><button>Accept</button></div>"#,
    r#"<div class="chat-widget"><p>Hello! Can I help you today?</p><button>Start chat</button></div>"#,
    r#"<div class="page-views">This page has been viewed 1,234 times</div>"#,
    r#"<nav class="post-navigation"><a href=/p>Previous: Budget set</a><a href=/n>Next: New mayor</a></nav>"#,
    r#"<div class="pager"><a href=/p>← Budget set</a> <a href=/n>New mayor →</a></div>"#,
    r#"<div class="promo-card"><h3>Join your library</h3><p>Borrow books for free.</p><a href=/l>Join today</a></div>"#,
    r#"<div class="quick-links"><h2>Quick links</h2><a href=/pay>Pay</a> <a href=/report>Report</a> <a href=/apply>Apply</a></div>"#,
    r#"<div class="popular-services"><h2>Popular services</h2><ul><li><a href=/a>Pay council tax</a></li><li><a href=/b>Find my bin day</a></li></ul></div>"#,
    r#"<div class="vacancies"><h2>Latest jobs</h2><ul><li><a href=/j1>Planning officer</a></li><li><a href=/j2>Social worker</a></li></ul></div>"#,
    r#"<div class="app-banner"><p>Download our app</p><a href=/ios>App Store</a><a href=/and>Google Play</a></div>"#,
    r##"<p><a href="#top">Back to top</a></p>"##,
    r#"<a class="print-link" href="javascript:print()">Print this page</a>"#,
    r#"<div class="readspeaker"><a href=/rs>Listen to this page</a></div>"#,
    r#"<div class="language-switch"><a href=/cy>Cymraeg</a> <a href=/en>English</a></div>"#,
    r#"<div class="account-login"><h3>My account</h3><a href=/login>Sign in</a> <a href=/reg>Register</a></div>"#,
    r#"<div class="map-embed"><p>Use two fingers to move the map</p></div>"#,
    r#"<div class="comments-area"><h2>2 comments</h2><ol><li><p>Tom: I hope it is soon fixed.</p><a href=#>Reply</a></li><li><p>Ann: Thank you.</p><a href=#>Reply</a></li></ol></div>"#,
    r#"<div class="star-rating">Rate this: ★★★★★ 4.2 (31 votes)</div>"#,
    r#"<div class="legal">© 2025 Holt Council. All rights reserved.</div>"#,
    "<aside><h2>Also in news</h2><ul><li><a href=/1>Mayor elected</a></li><li><a href=/2>Budget set</a></li></ul></aside>",
    r#"<div class="see-also"><h3>See also</h3><a href=/x>Privacy notice</a></div>"#,
    r#"<ol class="breadcrumb"><li><a href=/>Home</a></li><li><a href=/news>News</a></li><li>Cyber incident</li></ol>"#,
    r##"<a class="skip-link" href="#main">Skip to main content</a>"##,
    r#"<div class="advert"><span>Advertisement</span><a href="https://ads.example/1">Buy new windows today</a></div>"#,
    r#"<div class="sponsored-content"><p>Sponsored: the best boilers of the year</p><a href=/b>Read on</a></div>"#,
    r##"<div class="table-of-contents"><h2>Contents</h2><ol><li><a href="#a">What happened</a></li><li><a href="#b">What to do</a></li></ol></div>"##,
    r#"<div class="follow-us"><p>Follow us</p><a href="https://facebook.com/holt">Facebook</a> <a href="https://x.com/holt">X</a></div>"#,
    r#"<div data-component="helpful"><p>Did you find this page helpful?</p><a href="?y">Yes</a> <a href="?n">No</a> <a href=/report>Report a problem with this page</a></div>"#,
    r#"<div class="accessibility-bar"><a href="?f=1">A</a> <a href="?f=2">A+</a> <a href="?c=1">High contrast</a></div>"#,
    r#"<div class="video-player"><p>Your browser does not support video.</p></div>"#,
    r#"<div class="gov-delivery"><h2>Stay connected</h2><p>Sign up to get email updates from us.</p><a href=/gd>Sign up</a></div>"#,
    r#"<div class="partner-logos"><img alt="Investors in People"><img alt="Cyber Essentials"></div>"#,
    "<section><h2>Council news</h2><div><time>3 May 2026</time><h3><a href=/1>Pool opens</a></h3><p>Swim from six o'clock on each day of the week, and on Sundays from eight, at the new pool.</p><a href=/1>Read more</a></div><div><time>4 May 2026</time><h3><a href=/2>Update on bins</a></h3><p>Bins go out a day late this week, and the week after that one as well.</p><a href=/2>Read more</a></div></section>",
    "<section><h2>Latest news</h2><div><h3>Pool opens</h3><p>Swim from six o'clock on each day of the week.</p><a href=/1>Read more</a></div></section>",
    "<section><h2>Current vacancies</h2><div><h3>Driver</h3><p>Drive for us on each day of the week.</p><a href=/1>Apply</a></div></section>",
    "<div><h3>Most viewed pages</h3><ul><li><a href=/a>Pay</a></li><li><a href=/b>Bins</a></li></ul></div>",
    "<section><h2>Upcoming events</h2><ul><li><a href=/e1>Market day</a> 3 June 2026</li></ul></section>",
    "<div><h4>About the author</h4><p>Jo Vale writes for the council. She likes boats.</p></div>",
    "<section><h2>Stay connected</h2><p>Get news straight to your inbox.</p><a href=/s>Sign up</a></section>",
    "<div><h3>Weather</h3><p>14°C Light rain</p></div>",
    "<div id=clock>12:04:33</div>",
    "<p>14 people are viewing this page</p>",
    "<p>Updated <time datetime=2026-05-03>3 days ago</time></p>",
    "<div><p>4.2 out of 5 stars (120 votes)</p></div>",
    "<div><p>Was this information helpful?</p></div>",
    "<div><a href=/login>Log in</a> <a href=/register>Register</a></div>",
    "<div class=advert><p>Buy one, get one for nothing at the market!</p></div>",
];

#[test]
fn what_sites_put_beside_a_statement_is_not_read_in_its_element_or_out_of_it() {
    let [heading, first, last] = SAID;
    let said = format!("<h1>{heading}</h1><p>{first}</p><p>{last}</p>");
    for piece in FURNITURE {
        for page in [
            site(&format!("{said}{piece}")),
            site(&format!("{piece}{said}")),
            bare(&format!("<div class=wrapper><div class=col>{said}{piece}</div></div>")),
            bare(&format!("<div class=wrapper><div class=col>{said}</div></div>{piece}")),
        ] {
            assert_eq!(read_of(&page).unwrap().0, SAID, "{piece}");
        }
    }
}
