//! Small pages and what must be read of each: words that look like furniture and are the statement, pages that stand in for
//! a site and say what happened, and pages that say nothing.

mod furniture;
mod places;
mod shown;

use onrecord::{
    model::{Block, Memory, Recipe, Why},
    read,
};

use crate::notices::capture;

const FIRST: &str = "We took our systems off line on Thursday.";

/// A page of the site: menu, main element, foot.
fn site(main: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>Cyber incident - Wharf Council</title></head><body>\
         <nav><a href=/>Home</a> <a href=/bins>Bins</a></nav><main>{main}</main>\
         <footer><p>© Wharf Council. All rights reserved.</p></footer></body></html>"
    )
}

fn words(blocks: &[Block]) -> Vec<String> {
    blocks.iter().map(Block::text).collect()
}

fn read_of(html: &str) -> Result<(Vec<String>, Vec<String>), Why> {
    let read = read::read(&capture(html.as_bytes().to_vec()), &Recipe::default(), &Memory::default()).whole();
    read.map(|s| (words(&s.content), words(&s.banner))).map_err(|refusal| refusal.why)
}

#[test]
fn what_looks_like_furniture_and_is_the_statement_is_read() {
    let more = |html: &str| format!("<h1>Cyber incident</h1><p>{FIRST}</p>{html}");
    for (html, expected) in [
        (
            "<p>These are down:</p><ul><li>Payments</li><li>Search</li><li>Email</li><li>Print</li></ul>",
            &["These are down:", "Payments", "Search", "Email", "Print"][..],
        ),
        (
            "<dl><dt>Email</dt><dd>Not working.</dd><dt>Home</dt><dd>Help is late.</dd></dl>",
            &["Email", "Not working.", "Home", "Help is late."],
        ),
        (
            "<h2>Search</h2><p>The search of our archive is off.</p>",
            &["Search", "The search of our archive is off."],
        ),
        ("<h2>Events</h2><p>Data was stolen.</p>", &["Events", "Data was stolen."]),
        (
            "<h2>More ways to get help</h2><h3>Housing</h3><p>Call us until six.</p><a href=/h>Housing</a>\
             <h2>Weather and other causes</h2><p>The storm is not why.</p><p>Services returned 3 days ago</p>",
            &[
                "More ways to get help",
                "Housing",
                "Call us until six.",
                "Housing",
                "Weather and other causes",
                "The storm is not why.",
                "Services returned 3 days ago",
            ],
        ),
        (
            "<p>This page has been viewed by intruders.</p><p>Views: residents want answers.</p><p>Rate this year: 4%</p><p>Ask us.</p>",
            &[
                "This page has been viewed by intruders.",
                "Views: residents want answers.",
                "Rate this year: 4%",
                "Ask us.",
            ],
        ),
        (
            "<div class=related-incident><h2>Our supplier</h2><p>It says that records were copied.</p></div>",
            &["Our supplier", "It says that records were copied."],
        ),
        (
            "<div class=comments><h2>The Leader</h2><p>Councillor Lee said: “Data was taken.”</p></div>",
            &["The Leader", "Councillor Lee said: “Data was taken.”"],
        ),
        (
            "<aside><p>Bank details of 4,000 tenants were copied.</p></aside>",
            &["Bank details of 4,000 tenants were copied."],
        ),
        (
            "<div class=emergency-contacts><p>In an emergency ring the old number.</p></div>",
            &["In an emergency ring the old number."],
        ),
        (
            "<button>Was my data taken?</button><div><p>We do not know yet.</p></div>",
            &["Was my data taken?", "We do not know yet."],
        ),
        (
            "<div><input type=checkbox id=q><label for=q>Can I pay?</label><div><p>Yes, by phone.</p></div></div>",
            &["Can I pay?", "Yes, by phone."],
        ),
        (
            "<div class=header-facts><ul><li>Data stolen: yes</li><li>Ransom paid: no</li></ul></div>",
            &["Data stolen: yes", "Ransom paid: no"],
        ),
        (
            "<div><span class=name>Council tax</span><span class=state>Down</span></div>\
             <p><span class=cap>T</span><span class=rest>he phones are up.</span></p>",
            &["Council tax Down", "The phones are up."],
        ),
        (
            "<aside class=key-facts><h2>Key facts</h2><ul><li>No ransom was paid</li></ul></aside>",
            &["Key facts", "No ransom was paid"],
        ),
        (
            "<div class=sidebar><div><h2>Call instead</h2><p><a href='tel:01632960221'>01632 960221</a></p></div>\
             <div><h2>Popular</h2><a href=/bins>Bins</a></div></div>",
            &["Call instead", "01632 960221"],
        ),
        (
            "<div aria-controls=l0>Were passwords taken?</div><nav id=l0><p>Those of 1,120 users were taken.</p></nav>",
            &["Were passwords taken?", "Those of 1,120 users were taken."],
        ),
        (
            "<table><tr><td>Rents</td><td><img src=x.png alt=Offline></td></tr>\
             <tr><td>Email</td><td><span role=img aria-label=Working></span></td></tr></table>",
            &["Rents Offline", "Email Working"],
        ),
        (
            "<p>We know more. <span style='display:none'>We have not paid.</span> <a href=#>Read more</a></p>",
            &["We know more. We have not paid. Read more"],
        ),
        (
            "<div role=button aria-expanded=false><h3>Was I affected?</h3></div><div style='display:none'><p>312 of you were.</p></div>",
            &["Was I affected?", "312 of you were."],
        ),
        (
            "<p><a href=\"javascript:toggle('d1')\">Was I affected?</a></p><div id=d1 style='display:none'><p>312 of you were.</p></div>",
            &["Was I affected?", "312 of you were."],
        ),
        (
            "<p><button data-bs-target='#x1'>Was I affected?</button></p><div class=collapse id=x1><p>312 of you were.</p></div>",
            &["Was I affected?", "312 of you were."],
        ),
        (
            "<dl class=accordion><dd class=accordion-navigation><a href='#p1'>Was I affected?</a><div id=p1><p>312 of you were.</p></div></dd></dl>",
            &["Was I affected?", "312 of you were."],
        ),
        (
            "<div class=gem-c-step-nav><ol><li><h2>Change your password</h2><p>Do this by 1 December.</p></li></ol></div>",
            &["Change your password", "Do this by 1 December."],
        ),
        (
            "<ul class='nav nav-tabs'><li class=active><a href='#t1'>Tenants</a></li><li><a href='#t2'>Leaseholders</a></li></ul>\
             <div id=t1><p>Your bank details were taken.</p></div><div id=t2><p>Your names were taken.</p></div>",
            &["Tenants", "Leaseholders", "Your bank details were taken.", "Your names were taken."],
        ),
        (
            "<p><img src=p.png alt='Our offices are closed on Friday because of a cyber attack'></p>",
            &["Our offices are closed on Friday because of a cyber attack"],
        ),
        ("<article><footer><p>Helpline: 01632 960221</p></footer></article>", &["Helpline: 01632 960221"]),
        ("<ul><li><strong>Benefits:</strong><em>Closed</em></li></ul>", &["Benefits: Closed"]),
        ("<p>Files were <del>not</del> copied. <s>None.</s></p>", &["Files were copied."]),
        (
            "<section><p>Tax: down</p><a href='https://twitter.com/intent/tweet?url=x'>Tell others</a></section>",
            &["Tax: down"],
        ),
        (
            "<div class=share-price-data><p>No data was sold or shared.</p></div>",
            &["No data was sold or shared."],
        ),
        ("<ul><li><a rel=tag href=/it>Tenancy files</a> were copied.</li></ul>", &["were copied."]),
        (
            "<p class=entry-meta>Updated 4 February 2024</p><p class=recipe-meta>400 files</p>",
            &["Updated 4 February 2024", "400 files"],
        ),
        (
            "<blockquote><p>We are deeply sorry.</p><footer>Councillor Lee</footer></blockquote>",
            &["We are deeply sorry.", "Councillor Lee"],
        ),
    ] {
        let (content, banner) = read_of(&site(&more(html))).unwrap();
        let whole = [&["Cyber incident", FIRST][..], expected].concat();
        assert_eq!(
            (content, banner),
            (whole.iter().map(|w| (*w).to_owned()).collect(), Vec::new()),
            "{html}"
        );
    }
}

#[test]
fn what_stands_beside_a_statement_is_not_read() {
    let plain = site(&format!("<h1>Cyber incident</h1><p>{FIRST}</p>"));
    for more in [
        "<p>Print</p><p>Email</p>",
        "<ul><li><a href=/share>Facebook</a></li><li><a href=/mail>Email</a></li></ul>",
        "<h2>News</h2><ul><li><a href=/a>Pool opens</a></li><li>3 May</li><li><a href=/b>Fair on Sunday</a></li></ul>",
        "<div class=related-links><p>Read about our other work on <a href=/it>computers</a>.</p></div>",
        "<aside><p>Sign up for <a href=/letter>our letter</a> about the town.</p></aside>",
        "<div><p>Pass it on</p><a href='https://www.facebook.com/sharer.php?u=x'>One</a> \
         <a href='https://twitter.com/intent/tweet?url=x'>Two</a> <a href='mailto:?body=x'>Three</a></div>",
        "<p class=share-text>Sharing is caring!</p>",
        "<p><a rel='category tag' href=/topics/it>Computers</a>, <a rel=tag href=/topics/town>Town</a></p>",
        "<p><a href='javascript:history.back()'>To the list</a></p>",
        "<p><a href='javascript:void(0)'>Copy</a></p>",
        "<p>Advertisement</p>",
        "<p>Tags: <a href=/t/it>computers</a>, <a href=/t/town>town</a></p>",
        "<p>1 <a href='?p=2'>2</a> <a href='?p=3'>3</a> <a href='?p=4'>4</a></p>",
        "<div class=next-prev><a href=/a>Next: the fair opens</a> <p>It opens on Sunday at noon.</p></div>",
    ] {
        let with = site(&format!("<h1>Cyber incident</h1><p>{FIRST}</p>{more}"));
        assert_eq!(read_of(&with), read_of(&plain), "{more}");
    }
}

#[test]
fn the_band_above_the_main_element_opens_the_statement() {
    let html = format!(
        "<title>Wharf</title><body><nav><a href=/>Home</a></nav><div class=hero><h1>Cyber incident</h1>\
         <p>We believe that personal data was stolen.</p></div><main><p>{FIRST}</p><p>We will say more on Friday.</p></main>"
    );
    let expected =
        ["Cyber incident", "We believe that personal data was stolen.", FIRST, "We will say more on Friday."];
    assert_eq!(read_of(&html).unwrap().0, expected);
}

#[test]
fn a_link_above_the_heading_that_names_an_incident_is_news() {
    let html = site(&format!(
        "<p><a href=/2>Update: criminals have published data</a></p><h1>Cyber incident</h1><p>{FIRST}</p>"
    ));
    assert_eq!(read_of(&html).unwrap().0, ["Update: criminals have published data", "Cyber incident", FIRST]);
    let trail = site(&format!(
        "<p><a href=/>Home</a> <a href=/n>News</a> <a href=/c>Cyber incident</a></p><h1>Cyber incident</h1><p>{FIRST}</p>"
    ));
    assert_eq!(read_of(&trail).unwrap().0, ["Cyber incident", FIRST]);
}

#[test]
fn a_box_laid_over_the_page_is_a_banner_where_it_says_what_has_happened() {
    let with = |words: &str| {
        site("<h1>Welcome</h1><p>Find our services here.</p>").replace(
            "<nav>",
            &format!("<div role=dialog class=modal><p>{words}</p><button>Close</button></div><nav>"),
        )
    };
    let (content, banner) = read_of(&with("A cyber incident has closed our phone lines.")).unwrap();
    assert_eq!((content.len(), banner), (2, vec!["A cyber incident has closed our phone lines.".to_owned()]));
    let (_, banner) = read_of(&with("Sign up for our letter about the town.")).unwrap();
    assert!(banner.is_empty(), "{banner:?}");
}

#[test]
fn what_is_said_to_all_visitors_is_a_banner_whatever_it_is_called_and_however_short() {
    let page = |above: &str| {
        site("<h1>Bins</h1><p>We collect them on Mondays.</p>").replace("<nav>", &format!("{above}<nav>"))
    };
    let told = "Our phones are down after a cyber attack.";
    for (above, said) in [
        (format!("<table><tr><td bgcolor='#ffff99'><font>{told}</font></td></tr></table>"), told),
        (format!("<a class=service-message href=/it><strong>{told}</strong></a>"), told),
        ("<div class=alert><p>Offices shut.</p></div>".to_owned(), "Offices shut."),
        ("<div role=alert>CLOSED</div>".to_owned(), "CLOSED"),
        (format!("<div class='bg-amber-50 p-4'><p>{told}</p></div>"), told),
        (format!("<div class=AlertBanner_wrap__x1Ab2><p>{told}</p></div>"), told),
        (format!("<site-alert><p>{told}</p></site-alert>"), told),
        (format!("<section aria-label='Important announcement'><p>{told}</p></section>"), told),
        (format!("<dialog open><p>{told}</p><button>Close</button></dialog>"), told),
        (format!("<div class=alert style='display:none'><p>{told}</p></div>"), told),
        (format!("<header><div class=strip><p>{told}</p></div><a href=/>Wharf</a></header>"), told),
        (
            "<div class=alerte><p>La mairie est fermée depuis mardi.</p></div>".to_owned(),
            "La mairie est fermée depuis mardi.",
        ),
    ] {
        let (content, banner) = read_of(&page(&above)).unwrap();
        assert_eq!((content.len(), banner), (2, vec![said.to_owned()]), "{above}");
    }
    for above in [
        "<div class=alert>Menu</div>",
        "<div class=banner-ad><p>Sign up for our free weekly email newsletter.</p></div>",
        "<div class=bannerRotator><p>Sign up for our free weekly email newsletter.</p></div>",
        "<div class=govuk-phase-banner><p class=govuk-phase-banner__content>This is a new service.</p></div>",
        "<div class=alert hidden><p>Something went wrong. Please try again.</p></div>",
        "<div class=strip><p>Sign up for our letter about the town.</p></div>",
    ] {
        assert!(read_of(&page(above)).unwrap().1.is_empty(), "{above}");
    }
}

#[test]
fn the_heading_is_read_where_it_stands_above_the_statement_and_the_site_s_name_is_not() {
    let page = |head: &str| {
        format!(
            "<title>Cyber incident - Wharf</title><body>{head}<main><p>{FIRST}</p><p>We will say more on Friday.</p></main>"
        )
    };
    for head in [
        "<nav><a href=/>Home</a></nav><div class=title><h1>Cyber incident</h1></div>",
        "<nav><a href=/>Home</a></nav><header class=page-header><h1>Cyber incident</h1></header>",
    ] {
        let (content, _) = read_of(&page(head)).unwrap();
        assert_eq!(content, ["Cyber incident", FIRST, "We will say more on Friday."], "{head}");
    }
    let head = "<header><h1>Wharf Council</h1><nav><a href=/>Home</a></nav></header>";
    assert_eq!(read_of(&page(head)).unwrap().0, [FIRST, "We will say more on Friday."]);
}

#[test]
fn an_update_beside_the_article_is_part_of_the_statement() {
    let html = site(&format!(
        "<article><h1>Cyber incident</h1><p>{FIRST}</p></article><div><p>Update: 400 people affected</p></div>"
    ));
    assert_eq!(read_of(&html).unwrap().0, ["Cyber incident", FIRST, "Update: 400 people affected"]);
}

#[test]
fn a_page_that_stands_in_for_the_site_and_says_what_happened_is_a_statement() {
    for (title, said) in [
        ("Technical difficulties", "Our network was attacked and personal data may have been copied."),
        ("Service unavailable", "There has been a cyber attack on our supplier."),
        ("We'll be back soon", "We have found unauthorised access to our network."),
        (
            "Temporarily unavailable",
            "We are dealing with a cyber-attack. We apologise for any inconvenience.",
        ),
    ] {
        let html = format!("<title>{title}</title><body><h1>{title}</h1><p>{said}</p>");
        let (content, _) = read_of(&html).unwrap_or_else(|why| panic!("{title}: {why}"));
        assert_eq!(content.concat().replace(title, "").replace(' ', ""), said.replace(' ', ""), "{title}");
        let without = format!("<title>{title}</title><body><h1>{title}</h1><p>Please try again later.</p>");
        assert!(read_of(&without).is_err(), "{title}");
    }
}

#[test]
fn a_missing_page_is_missing_whatever_it_says_of_data_or_links_to() {
    for more in [
        "<p>How we use your personal data.</p>",
        "<ul><li><a href=/incident>Cyber attack: our statement</a></li></ul>",
        "<p>We are dealing with a cyber attack on our supplier.</p>",
    ] {
        let html = format!(
            "<title>Page not found</title><h1>Page not found</h1><p>The page you are looking for may have moved.</p>{more}"
        );
        assert_eq!(read_of(&html), Err(Why::Soft404), "{more}");
    }
}

#[test]
fn a_notice_that_says_what_servers_say_or_loads_itself_anew_is_a_statement() {
    for html in [
        "<title>Wharf</title><h1>Payments</h1><p>Since the cyber attack this web app is stopped.</p>",
        "<title>Wharf</title><meta http-equiv=refresh content='5; url=/home'><p>Our phones are down after a cyber attack.</p>",
        "<title>Wharf</title><meta http-equiv=refresh content='5; url='><p>Our phones are down until Friday.</p>",
    ] {
        assert!(read_of(html).is_ok(), "{html}");
    }
}

#[test]
fn a_page_to_sign_in_on_that_says_what_happened_is_a_statement() {
    let page = |said: &str| {
        site(&format!(
            "<h1>Sign in</h1>{said}<form><label>Password</label><input type=password><button>Sign in</button></form>"
        ))
        .replace("Cyber incident - Wharf Council", "Sign in - Wharf Council")
    };
    let said = "Sign-in has been off since a cyber attack on 3 May.";
    assert_eq!(read_of(&page(&format!("<p>{said}</p>"))).unwrap().0, ["Sign in", said]);
    assert_eq!(read_of(&page("")), Err(Why::Blocked));
}

#[test]
fn pages_that_say_nothing_are_refused() {
    for (html, why) in [
        (
            "<title>Tomcat</title><h1>HTTP Status 500 – Internal Server Error</h1><p>The server encountered an unexpected condition that prevented it from fulfilling the request.</p>",
            Why::HttpError,
        ),
        (
            "<title>Wharf</title><h1>Search results</h1><p>Your search for “incident” returned 0 results.</p>",
            Why::Soft404,
        ),
        ("<title>Object moved</title><h2>Object moved to <a href=/x>here</a>.</h2>", Why::Redirected),
        (
            "<title>App</title><h2>Application error: a client-side exception has occurred while loading wharf.example.</h2>",
            Why::HttpError,
        ),
        (
            "<title>Wharf</title><h1>You need access</h1><p>Request access, or switch to an account with access.</p>",
            Why::Blocked,
        ),
        (
            "<title>Before you continue</title><h1>Before you continue to Google</h1><p>We use cookies and data to track outages.</p>\
             <p>It is yours to choose.</p><button>Accept all</button>",
            Why::ConsentWall,
        ),
        (
            "<title>Rathaus</title><h1>Seite nicht gefunden</h1><p>Die angeforderte Seite existiert nicht.</p>",
            Why::Soft404,
        ),
        (
            "<title>Session expired</title><h1>Your session has expired</h1><p>Please refresh the page and try again.</p>",
            Why::HttpError,
        ),
        (
            "<title>Wharf</title><h1>Welcome to wharf.example</h1><p>This page is parked FREE, courtesy of Quay Names.</p>",
            Why::HttpError,
        ),
        (
            "<title>Redirecting</title><meta http-equiv=refresh content='0;url=/home'><p>Redirecting to <a href=/home>/home</a>.</p>",
            Why::Redirected,
        ),
        (
            "<title>In line</title><main><h1>You are now in line</h1><p>Wait for your turn.</p><p>Powered by Queue-it</p></main>",
            Why::Blocked,
        ),
        ("<title>Incident</title><body><main><h1>Incident</h1><p>We have found no evid", Why::Truncated),
        ("<rss><channel><title>News</title><item><title>Incident</title></item>", Why::Truncated),
        ("<title>Wharf</title><h1>404</h1><p>This page doesn't exist.</p>", Why::Soft404),
        (
            "<title>Wharf</title><h1>Sorry, we can't find that page</h1><p>It may have been archived.</p>",
            Why::Soft404,
        ),
        (
            "<title>News</title><h1>Cyber incident</h1><p>{{council_name}} is aware of an incident.</p>",
            Why::Draft,
        ),
    ] {
        assert_eq!(read_of(html), Err(why), "{html}");
    }
}

/// An article of the site: five paragraphs of a story, and what follows in the same element.
fn article(after: &str) -> String {
    let paragraphs: Vec<String> =
        (1..6).map(|n| format!("<p>Paragraph {n} tells what we know of the cyber incident.</p>")).collect();
    let paragraphs = paragraphs.concat();
    format!(
        "<head><title>Incident</title><meta property=og:type content=article></head><body><main><h1>Incident</h1>\
         <div><ul><li><a href=/a>All news</a></li></ul></div><div class=story>{paragraphs}{after}</div></main>"
    )
}

#[test]
fn an_article_ends_where_its_story_does() {
    let plain = read_of(&article(""));
    for after in [
        "<p><a href=/fair>What will the fair bring this year?</a></p>",
        "<h3>About the author</h3>",
        "<p>Follow us on <a href='https://twitter.com/wharf'>Twitter</a> for more.</p>",
        "<p>Hear more in <a href='https://wharf.example/newsletter'>our letter</a>, every week, for nothing.</p>",
        "<h3>More from us</h3><ul><li>The fair opens on <a href=/fair>Sunday at noon</a></li>\
         <li>Bins: <a href=/bins>new days for all</a></li><li><a href=/pool>The pool is open</a></li></ul>",
        "<p><a href=/pool>THE POOL IS OPEN AGAIN</a></p>",
        "<p>Read more: <a href=/pool>the pool is open again.</a></p>",
        "<div class=h3>More from the Wharf</div><ul><li><a href=/fair>The fair opens</a></li><li><a href=/pool>The pool</a></li>\
         <li><a href='https://shop.example/maps'>Buy a map</a></li></ul>",
        "<p><em>Additional reporting by Gill Lee</em></p>",
        "<p>Sign up to <a href=/letter>our newsletter</a> and have it in your inbox each week.</p>",
        "<p>Jo Vale is a reporter for the Wharf Gazette. <a href='mailto:jo@wharf.example'>Write to her</a>.</p>",
        "<p><strong>More:</strong></p><ul><li><a href=/pool>The pool is open</a></li><li><a href='https://a.example/b'>Maps</a></li></ul>",
        "<p>Topics</p><ul><li><a href=/t/it>Computers</a></li><li><a href=/t/town>Town</a></li></ul>",
        "<ul><li><a href=/fair>The fair opens</a></li><li><a href=/pool>The pool is open</a></li></ul>\
         <p><em>Originally published on Wharf Live.</em></p>",
        "<p class=post-tags><a href=/t/it>Computers</a> and <a href=/t/town>the town</a></p>",
    ] {
        assert_eq!(read_of(&article(after)), plain, "{after}");
    }
}

#[test]
fn what_an_article_says_at_its_end_is_read() {
    for (after, last) in [
        (
            "<p><a href=/faq>What the cyber incident means for you</a></p>",
            "What the cyber incident means for you",
        ),
        (
            "<h3>Earlier statements</h3><ul><li><a href=/1>Cyber incident, 1 May</a></li>\
             <li><a href=/2>Cyber incident, 2 May</a></li><li><a href=/3>Cyber incident, 3 May</a></li></ul>",
            "Cyber incident, 3 May",
        ),
        (
            "<p>Write to <a href='mailto:help@wharf.example'>our team</a> or ask on \
             <a href='https://twitter.com/wharf'>Twitter</a>.</p>",
            "Write to our team or ask on Twitter.",
        ),
        (
            "<blockquote>All files were copied <a href='https://twitter.com/wharf/status/1'>on 1 May</a></blockquote>",
            "All files were copied on 1 May",
        ),
        ("<p>The council can be reached at 0123 456.</p>", "The council can be reached at 0123 456."),
        (
            "<p>Follow <a href='https://advice.example/passwords'>this advice on passwords</a>.</p>",
            "Follow this advice on passwords.",
        ),
        (
            "<p>Updated at noon: more of our files were copied than we knew.</p>",
            "Updated at noon: more of our files were copied than we knew.",
        ),
        (
            "<h3>Where to find help</h3><ul><li>Ask <a href='https://help.example/a'>the help line</a></li>\
             <li>Ask <a href='https://help.example/b'>the police</a></li><li>Ask <a href='https://help.example/c'>your bank for help.</a></li></ul>",
            "Ask your bank for help.",
        ),
    ] {
        assert_eq!(read_of(&article(after)).unwrap().0.pop().unwrap(), last, "{after}");
    }
}

fn paragraphs(lines: &[String]) -> String {
    lines.iter().map(|line| format!("<p>{line}</p>")).collect::<Vec<_>>().concat()
}

/// A page without a main element, and with a menu and a foot.
fn bare(body: &str) -> String {
    format!(
        "<title>Cyber incident - Wharf Council</title><body><nav><a href=/>Home</a></nav>{body}\
         <footer><p>© Wharf Council. All rights reserved.</p></footer></body>"
    )
}

#[test]
fn a_heading_on_a_band_of_its_own_is_followed_by_the_statement() {
    let lines: Vec<String> =
        (1..6).map(|n| format!("On day {n} we found that more of our systems had been reached.")).collect();
    let said = paragraphs(&lines);
    for hero in [
        "<div><h1>Cyber incident</h1><p>What we know.</p></div>",
        "<div class=content><h1>Cyber incident</h1><p>What we know.</p></div>",
    ] {
        let links =
            "<div><a href=/bins>Bins, and what else we collect from every street</a></div>".repeat(20);
        let html = bare(&format!("<div>{hero}</div><div><section>{said}</section></div><div>{links}</div>"));
        let (content, _) = read_of(&html).unwrap();
        let expected: Vec<&str> =
            ["Cyber incident", "What we know."].into_iter().chain(lines.iter().map(String::as_str)).collect();
        assert_eq!(content, expected, "{hero}");
    }
}

#[test]
fn what_was_sent_behind_the_rest_is_in_its_place() {
    let html = bare(&format!(
        "<div><template id='B:0'></template></div><div hidden id='S:0'><h1>Cyber incident</h1><p>{FIRST}</p></div>\
         <div hidden id=later><p>Nobody sees this sentence on the page.</p></div>"
    ));
    assert_eq!(read_of(&html).unwrap().0, ["Cyber incident", FIRST]);
}

#[test]
fn a_style_that_nobody_closed_does_not_cut_the_page() {
    let page = |end: &str| {
        format!("<title>Wharf</title><body><h1>Cyber incident</h1><p>{FIRST}</p><style>.a{{b:c}}{end}")
    };
    assert_eq!(read_of(&page("</body></html>")).unwrap().0, ["Cyber incident", FIRST]);
    assert_eq!(read_of(&page("")), Err(Why::Truncated));
}

#[test]
fn a_list_of_notices_is_read_however_its_entries_are_called() {
    let titles = ["Cyber incident, 1 May", "Cyber incident, 2 May", "Cyber incident: what we know"];
    for class in ["teaser", "promo-card", "search-result"] {
        let entry = |title: &&str| format!("<div class={class}><a href=/n>{title}</a></div>");
        let entries = titles.iter().map(entry).collect::<Vec<_>>().concat();
        let html = site(&format!("<h1>News</h1><div class=search-page>{entries}</div>"));
        let expected: Vec<&str> = ["News"].into_iter().chain(titles).collect();
        assert_eq!(read_of(&html).unwrap().0, expected, "{class}");
    }
}

#[test]
fn what_is_said_once_for_each_width_of_screen_is_read_once() {
    let lines: Vec<String> = (1..9)
        .map(|n| format!("On day {n} of the incident we found that more of our systems had been reached, and told the police and those concerned."))
        .collect();
    let said = paragraphs(&lines);
    let html =
        site(&format!("<h1>Cyber incident</h1><div class=wide>{said}</div><div class=narrow>{said}</div>"));
    assert_eq!(read_of(&html).unwrap().0.len(), 1 + lines.len());
    // What is said twice in a few words may be meant.
    let twice = site(&format!("<h1>Cyber incident</h1><p>{FIRST}</p><h2>To sum up</h2><p>{FIRST}</p>"));
    assert_eq!(read_of(&twice).unwrap().0, ["Cyber incident", FIRST, "To sum up", FIRST]);
}

#[test]
fn what_readers_say_of_a_short_article_is_not_the_article() {
    let reader = "<p>I for one have waited for weeks to hear anything of my own account from them.</p>";
    let html = site(&format!(
        "<article><h1>Cyber incident</h1><div class=entry-content><p>{FIRST}</p></div></article>\
         <div class=comments>{}</div>",
        reader.repeat(9)
    ));
    assert_eq!(read_of(&html).unwrap().0, ["Cyber incident", FIRST]);
}

#[test]
fn an_article_keeps_its_last_line_where_that_says_more_than_when() {
    let last = |line: &str| read_of(&article(&format!("<p>{line}</p>"))).unwrap().0.pop().unwrap();
    let told = "Updated: we now know that 400 people were affected";
    assert_eq!(last(told), told);
    assert!(last("Updated: 19 January 2024").starts_with("Paragraph 5"));
}

#[test]
fn what_is_set_apart_by_style_alone_is_not_run_together() {
    let warned = "<h1>Cyber incident</h1><p><span class=visually-hidden>Warning</span>Do not travel to the harbour.</p>\
                  <p>Register 2031<span class=visually-hidden>, a table</span>: <a href=/a.pdf>Letter to parents</a>\
                  <a href=/a.pdf>Download</a></p>\
                  <div role=tablist><button role=tab aria-controls=t>Residents</button><button role=tab aria-controls=s>Staff</button></div>\
                  <div id=t role=tabpanel><p>Ring us.</p></div>";
    assert_eq!(
        read_of(&site(warned)).unwrap().0,
        [
            "Cyber incident",
            "Warning Do not travel to the harbour.",
            "Register 2031, a table: Letter to parents Download",
            "Residents Staff",
            "Ring us.",
        ]
    );
}

#[test]
fn a_request_for_consent_may_be_longer_than_the_notice() {
    let asks =
        "We use cookies on our website to give you the most relevant experience by remembering your visits.";
    for boxed in [
        format!("<div id=cookie-bar><span>{asks}</span></div>"),
        format!("<div class='cc-window cc-banner'><span>{asks}</span></div>"),
    ] {
        let page = bare(&format!("<div><h2>We had a cyber attack</h2><p>Orders are late.</p></div>{boxed}"));
        assert_eq!(read_of(&page).unwrap().0, ["We had a cyber attack", "Orders are late."]);
    }
}

#[test]
fn cards_of_news_and_the_writer_s_life_are_no_part_of_a_statement_and_a_correction_is() {
    let said = format!("<article><h1>Cyber incident</h1><p>{FIRST}</p><p>No payments were missed.</p>");
    let foot = "<footer class=article-footer><p>Correction, 8 June: an earlier version said 301 carers.</p></footer>";
    let bio = "<div class=author-box><h3>Gill</h3><p>Gill runs our office. <a href=/gill>More</a></p></div>";
    let cards = "<section><h2>Latest news from our schools</h2><div><a href=/1><h3>Elm wins at chess</h3></a>\
                 <p>Pupils took home the trophy.</p></div><div><a href=/2><h3>Sports day</h3></a><p>It is in June.</p></div></section>";
    assert_eq!(
        read_of(&site(&format!("{said}{foot}</article>{bio}{cards}"))).unwrap().0,
        [
            "Cyber incident",
            FIRST,
            "No payments were missed.",
            "Correction, 8 June: an earlier version said 301 carers.",
        ]
    );
}

#[test]
fn the_parts_of_a_webforms_page_are_known_within_the_names_of_its_controls() {
    let page = bare(&format!(
        "<form id=aspnetForm><div id=ctl00_topNav><p>Pay for it, report it and book it here today.</p></div>\
         <div id=ctl00_ContentPlaceHolder1_pnlBody><span>{FIRST}<br><br>Benefits will be paid late.</span></div>\
         <div id=ctl00_footer><p>Wharf Council, Town Hall, is open on all days of the week.</p></div></form>"
    ));
    assert_eq!(read_of(&page).unwrap().0, [FIRST, "Benefits will be paid late."]);
}

/// A page with nothing of a site around it, titled and headed alike.
fn plain_page(name: &str, said: &str) -> String {
    format!("<!doctype html><title>{name}</title><body><h1>{name}</h1><p>{said}</p></body>")
}

#[test]
fn what_servers_guards_and_hosts_say_is_no_statement() {
    for (name, said, why) in [
        (
            "Sorry, this service is unavailable",
            "We are carrying out an upgrade. Please try again later.",
            Why::Maintenance,
        ),
        ("Site en maintenance", "Merci de revenir un peu plus tard.", Why::Maintenance),
        ("Gwaith cynnal a chadw", "Rhowch gynnig arall arni yn nes ymlaen.", Why::Maintenance),
        ("Sorry, there is a problem with the service", "Try again later.", Why::HttpError),
        ("Account suspended", "Contact your hosting provider.", Why::HttpError),
        ("It works!", "", Why::HttpError),
        ("Page non trouvée", "Désolé.", Why::Soft404),
        ("Erreur 404", "La page demandée n’existe pas.", Why::Soft404),
        ("Heb ddod o hyd i’r dudalen", "Nid yw’r dudalen yn bodoli.", Why::Soft404),
        ("Oops!", "The page you are looking for could not be found.", Why::Soft404),
        ("This news article is no longer available", "It has been archived or removed.", Why::Soft404),
        ("403 Forbidden", "nginx", Why::Blocked),
        ("429 Too Many Requests", "You have sent too many requests. Please slow down.", Why::Blocked),
        ("Security check", "Please complete the security check to go on.", Why::Blocked),
        ("Sign in", "You must sign in. <input type=password name=p>", Why::Blocked),
        ("Index of /news", "Parent Directory - a.html", Why::Listing),
        (
            "We value your privacy",
            "We and our partners store cookies.</p><button>Accept all</button><p>",
            Why::ConsentWall,
        ),
        ("Statement", "On XX November we found that XX files were copied.", Why::Draft),
    ] {
        assert_eq!(read_of(&plain_page(name, said)).unwrap_err(), why, "{name}");
    }
}

#[test]
fn a_statement_under_the_name_of_an_error_is_a_statement() {
    for (name, said) in [
        (
            "Site en maintenance",
            "Notre site est en maintenance à la suite d’une attaque. Une plainte a été déposée.",
        ),
        ("Site under maintenance", "Our site is under maintenance. Some personal data was copied."),
        ("We'll be back soon", "Files were stolen from us. Sorry for any inconvenience."),
        ("Sorry, something went wrong", "On 3 May our pension letters went to 120 wrong homes."),
        ("Database error", "A database error showed some tenants the accounts of others on 4 May."),
        ("Service unavailable", "All council services that rely on our computers are unavailable."),
        (
            "Firewall",
            "The intruder got past our Barracuda Web Application Firewall. Some files are not available in your region.",
        ),
        (
            "Automatic checks",
            "A visitor was blocked by our security service, and asked to verify you are human.",
        ),
        (
            "Your choices",
            "Tenants whose bank details were copied may choose. We use no cookies.</p><button>Accept</button><p>",
        ),
        ("JavaScript", "Please enable JavaScript. Our forms need it again since the breach."),
        ("Letters", "A letter that quotes a reference ending XX/XX/XXXX is not from us."),
        (
            "False letters",
            "The false letter begins “Dear [Name], your account with [Council Name] is locked”.",
        ),
    ] {
        let page = plain_page(name, said).replace("</body>", "<script src=/a.js></script></body>");
        let read = read_of(&page).unwrap_or_else(|why| panic!("{name}: {why:?}"));
        assert_eq!(read.0, [name, said.split('<').next().unwrap()]);
    }
}

#[test]
fn the_names_of_a_body_tell_how_its_parts_look() {
    let page = format!(
        "<title>Cyber incident - Wharf Homes</title><body class='top-header sidebar-left'><section class=title-bar><h1>Cyber incident</h1>\
         </section><main><p>{FIRST}</p></main></body>"
    );
    assert_eq!(read_of(&page).unwrap().0, ["Cyber incident", FIRST]);
}

#[test]
fn documents_beside_the_article_belong_to_it() {
    let offered = format!(
        "<article><h1>Cyber incident</h1><p>{FIRST}</p></article><div><ul><li><a href=/letter.pdf>Our letter</a></li></ul></div>"
    );
    assert_eq!(read_of(&site(&offered)).unwrap().0, ["Cyber incident", FIRST, "Our letter"]);
}

#[test]
fn news_of_the_incident_in_cards_is_read() {
    let hub = format!(
        "<h1>Cyber incident</h1><p>{FIRST}</p><p>We give all that we know here, day by day, as soon as we know it ourselves.</p>\
         <h2>Latest news</h2><a href=/1><h3>Update of 12 March</h3></a><p>We now know that bank details were copied.</p>"
    );
    assert!(
        read_of(&site(&hub)).unwrap().0.contains(&"We now know that bank details were copied.".to_owned())
    );
}

#[test]
fn what_a_machine_says_of_itself_is_no_statement() {
    for (html, expected) in [
        (
            "<title>Error</title><h1>Server Error in '/' Application.</h1><h2>Object reference not set.</h2>",
            Why::HttpError,
        ),
        (
            "<p><b>Fatal error</b>: Uncaught Error: Call to undefined function a() in /x.php:1</p>",
            Why::HttpError,
        ),
        (
            "<title>One moment</title><h1>One moment</h1><p>You see this because the administrator of this \
             website has set up Anubis to protect the server.</p>",
            Why::Blocked,
        ),
        (
            "<h2>Site offline for essential updates</h2><p>Our website will be back at 6pm.</p>",
            Why::Maintenance,
        ),
        (
            "<title>Error</title><h2>This content is no longer available</h2><p>The page you were looking for is gone.</p>",
            Why::Soft404,
        ),
    ] {
        assert_eq!(read_of(&format!("<!doctype html><body>{html}</body>")).unwrap_err(), expected, "{html}");
    }
}

#[test]
fn each_word_of_a_row_leads_where_it_led() {
    let rows = "<table><tr><td><a href=/a.pdf>Étude</a></td><td>1</td></tr><tr><td><a href=/b.pdf>Our letter</a></td><td>2</td></tr></table>";
    let page = capture(site(&format!("<h1>Cyber incident</h1>{rows}")).into_bytes());
    let read = read::read(&page, &Recipe::default(), &Memory::default()).whole().unwrap();
    let links = read.content.iter().flat_map(|b| &b.sentences).flat_map(|s| &s.links);
    let words: Vec<&str> = links.map(|l| l.words.as_str()).collect();
    assert_eq!(words, ["Étude", "Our letter"]);
}

#[test]
fn what_nobody_wrote_is_no_statement() {
    let bytes: String = (0..2000_u32).filter_map(|n| char::from_u32(n % 32)).collect();
    assert_eq!(read_of(&bytes), Err(Why::Encoding));
    assert_eq!(read_of("{\"error\": \"no such page\"}"), Err(Why::OtherKind));
    assert!(read_of("<p>{\"error\"} is what our forms said on Thursday.</p>").is_ok());
}

#[test]
fn what_a_person_removes_goes_with_all_in_it() {
    let page = capture(site(&format!("<h1>Cyber incident</h1><p>{FIRST}</p>")).into_bytes());
    let read = |remove: &str| {
        let recipe = Recipe { remove: vec![remove.to_owned()], ..Recipe::default() };
        read::read(&page, &recipe, &Memory::default()).whole().map(|s| words(&s.content)).map_err(|r| r.why)
    };
    assert_eq!(read("main"), Err(Why::Empty));
    assert_eq!(read("h1").unwrap(), [FIRST]);
}

#[test]
fn other_terms_make_another_recipe_and_another_order_of_them_does_not() {
    let recipe = |terms: &str| {
        let file = format!(
            r#"{{"version":1,"incidents":[{{"id":"gas","title":"Gas","terms":[{terms}]}}],"targets":[{{"url":"https://wantsum.example/"}}]}}"#
        );
        read::recipe(&onrecord::targets::load("targets.json", &file).unwrap().config.targets[0], None)
            .digest()
    };
    assert_eq!(recipe(r#""gas explosion","Quay Lane""#), recipe(r#""Quay Lane","gas explosion""#));
    assert_ne!(recipe(r#""gas explosion""#), recipe(r#""gas explosion","Quay Lane""#));
}

#[test]
fn a_base_of_sixty_kilobytes_is_not_written_out_in_each_of_many_links() {
    let links = |times: usize| "<li><a href=a>The incident at the depot</a></li>".repeat(times);
    let page = |times: usize| {
        let base = format!("https://wharf.example/{}/", "b".repeat(60_000));
        let main = format!("<h1>Cyber incident</h1><p>{FIRST}</p><ul>{}</ul>", links(times));
        site(&main).replacen("<head>", &format!("<head><base href={base}>"), 1)
    };
    let read = |html: &str| {
        read::read(&capture(html.as_bytes().to_vec()), &Recipe::default(), &Memory::default()).whole()
    };
    let statement = read(&page(20_000)).unwrap();
    let addresses = statement.content.iter().flat_map(|b| &b.sentences).flat_map(|s| &s.links);
    assert_eq!(addresses.clone().count(), 20_000);
    assert!(addresses.clone().all(|link| link.address == "https://wharf.example/a"));
    // One within reason stands, and what it makes of very many links is too much for any page.
    let long = page(2_000).replace(&"b".repeat(60_000), &"b".repeat(1_000));
    assert!(read(&long).is_ok());
    let many = page(20_000).replace(&"b".repeat(60_000), &"b".repeat(1_000));
    assert_eq!(read(&many).unwrap_err().why, Why::TooLarge);
}
