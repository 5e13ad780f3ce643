//! Where the statement stands: pages whose markup says it badly, or says it of something else.

use super::{FIRST, bare, read_of, site};

const SERVICES: [&str; 4] = [
    "Council tax: you can pay by phone only",
    "Planning: no new applications",
    "Benefits: payments are made on time",
    "Libraries: open as usual",
];

/// A page whose heading stands on a band with a sentence.
fn band(below: &str) -> String {
    bare(&format!("<div><div><h1>Cyber incident</h1><p>{FIRST}</p></div></div>{below}"))
}

/// Lines, each between the same marks.
fn each(open: &str, lines: &[&str], close: &str) -> String {
    lines.iter().map(|line| [open, line, close].concat()).collect()
}

#[test]
fn a_list_that_a_heading_and_a_sentence_open_is_read() {
    let expected: Vec<&str> = ["Cyber incident", FIRST].into_iter().chain(SERVICES).collect();
    let list = format!("<div><ul>{}</ul></div>", each("<li>", &SERVICES, "</li>"));
    assert_eq!(read_of(&band(&list)).unwrap().0, expected);
    let rows = each("<tr><td>", &SERVICES, "</td></tr>");
    assert_eq!(read_of(&band(&format!("<div><table>{rows}</table></div>"))).unwrap().0, expected);
    let main = format!("<main><h1>Cyber incident</h1><p>{FIRST}</p></main>{list}");
    assert_eq!(read_of(&bare(&main)).unwrap().0, expected);
}

#[test]
fn a_list_of_notices_that_a_heading_opens_is_read_and_a_menu_is_not() {
    let notices = [
        "Statement of 4 June on the files that were copied",
        "Statement of 9 June: what to do about your payments",
        "Statement of 12 June, with questions and answers",
        "Statement of 30 June on the letters that were sent",
    ];
    let links = |lines: &[&str]| each("<div><a href=/x>", lines, "</a></div>");
    let (content, _) = read_of(&band(&format!("<div>{}</div>", links(&notices)))).unwrap();
    assert_eq!(content, ["Cyber incident", FIRST].into_iter().chain(notices).collect::<Vec<_>>());
    let menu = ["Bins", "Council tax", "Planning", "Schools", "Leisure", "Jobs", "Councillors", "Parking"];
    for beside in [
        format!("<div>{}</div>", links(&menu)),
        format!("<div><h2>Have your say</h2>{}</div>", links(&notices)),
    ] {
        assert_eq!(read_of(&band(&beside)).unwrap().0, ["Cyber incident", FIRST], "{beside}");
    }
}

#[test]
fn a_card_that_is_called_main_is_not_the_statement_above_it() {
    let said = each("<p>On ", &["Monday", "Tuesday", "Friday"], " we found more files that were copied.</p>");
    let html = bare(&format!(
        "<div><h1>Cyber incident</h1><section>{said}</section><main><a href=/next>Next: how we recycle</a></main></div>"
    ));
    let (content, _) = read_of(&html).unwrap();
    assert_eq!(content.first().unwrap(), "Cyber incident");
    assert!(content.iter().any(|line| line.starts_with("On Friday")), "{content:?}");
}

#[test]
fn a_part_that_speaks_is_no_menu_whatever_it_is_called() {
    let said = |from: usize| -> String {
        let line = |n| {
            format!("<h2>Day {n}</h2><p>Our staff found more of the files that were copied on day {n}.</p>")
        };
        (from..from + 8).map(line).collect()
    };
    let part = |name: &str, from| format!("<div class={name}>{}</div>", said(from));
    for name in ["content-nav-section", "page-menu"] {
        let html = site(&format!("<h1>Cyber incident</h1>{}{}", part(name, 1), part(name, 9)));
        assert_eq!(read_of(&html).unwrap().0.len(), 33, "{name}");
    }
    let short = |n| format!("<div class=skip-item><h2>Day {n}</h2><p>More files were found.</p></div>");
    let html = site(&format!("<h1>Cyber incident</h1>{}", (1..4).map(short).collect::<String>()));
    assert_eq!(read_of(&html).unwrap().0.len(), 7);
}

#[test]
fn where_readers_talk_the_talk_is_the_page() {
    let post = |n| {
        format!(
            "<div><a href=/u/{n}>Tenant {n}, a member since the spring of 2019</a><p>Has anybody had the letter?</p><a href=#>Reply</a></div>"
        )
    };
    let posts: String = (1..25).map(post).collect();
    let aside = "<p>Rules: be kind to each other, and name nobody. ".repeat(12);
    let html =
        site(&format!("<h1>The letter about our files</h1><div id=comments>{posts}</div><div>{aside}</div>"));
    let (content, _) = read_of(&html).unwrap();
    assert!(content.iter().any(|line| line == "Has anybody had the letter?"), "{content:?}");
}

#[test]
fn what_else_is_for_sale_is_no_part_of_a_recall() {
    let said = format!("<h1>Recall: Brook kettle</h1><p>{FIRST}</p><p>Do not use the kettle.</p>");
    let cards = "<div><a href=/a>Brook toaster</a><p>£24.00</p></div><div><a href=/b>Brook lamp</a><p>£9.50</p></div>";
    let reviews = "<div class=product-reviews><p>I have had mine since May and it is very quiet.</p><button>Report</button></div>";
    for after in [
        format!("<h2>People who viewed this item also viewed</h2>{cards}"),
        format!("<h2>Similar items in kettles</h2>{cards}"),
        reviews.to_owned(),
    ] {
        let (content, _) = read_of(&site(&format!("{said}{after}"))).unwrap();
        assert_eq!(content, ["Recall: Brook kettle", FIRST, "Do not use the kettle."], "{after}");
    }
}

#[test]
fn a_page_without_a_heading_of_the_first_rank_is_known_by_its_title() {
    let side = "<div id=left><p>Sign up for our letter about all that the town does.</p><h3>Calendar</h3><ul><li>1 May: the fair</li></ul></div>";
    let boxed = format!(
        "{side}<div id=content><div class=header><h2>Cyber incident</h2></div><div><p>{FIRST}</p></div></div>"
    );
    assert_eq!(read_of(&bare(&boxed)).unwrap().0, ["Cyber incident", FIRST]);
    let asks = "<div class=cb><p>We use cookies to make this website work, and more of them help us to see how it is used.</p>\
                <p>Read our cookie policy to see which they are.</p><button>Accept cookies</button></div>";
    let (content, _) = read_of(&bare(&format!("<article><p>{FIRST}</p></article>{asks}"))).unwrap();
    assert_eq!(content, [FIRST]);
}

#[test]
fn a_strip_of_news_does_not_outweigh_a_short_notice() {
    let news = each(
        "<div><h3><a href=/n>",
        &["The fair opens", "The pool is shut", "A new bus"],
        "</a></h3><p>Read here what our town has planned for the week, and how you can take part in it.</p></div>",
    );
    let html = bare(&format!(
        "<div><div class=col><h1>Cyber incident</h1><div><p>{FIRST}</p></div></div><div class=strip><h3>Latest news</h3>{news}</div></div>"
    ));
    assert_eq!(read_of(&html).unwrap().0, ["Cyber incident", FIRST]);
    let between = bare(&format!(
        "<div><h1>Cyber incident</h1><div><p>{FIRST}</p><aside><p>Ring us on 01632 960221.</p></aside><p>{FIRST}</p></div></div>"
    ));
    assert_eq!(read_of(&between).unwrap().0, ["Cyber incident", FIRST, "Ring us on 01632 960221.", FIRST]);
    let helpline = bare(&format!(
        "<div><div><h1>Cyber incident</h1><p>{FIRST}</p></div><div><h2>Helpline</h2><p>01632 960221</p></div></div>"
    ));
    assert_eq!(read_of(&helpline).unwrap().0, ["Cyber incident", FIRST, "Helpline", "01632 960221"]);
}

#[test]
fn the_parts_of_a_statement_that_is_made_of_boxes_are_read() {
    let lines = ["Cyber incident", FIRST, "350 homes are affected.", "Ring us on 01632 960221."];
    let [heading, first, homes, ring] = lines;
    let boxes = format!(
        "<div id=content><div><div class='component content'><h1>{heading}</h1><p>{first}</p></div>\
         <div class='component accordion'><p>{homes}</p></div><div class='component call'><p>{ring}</p></div></div></div>"
    );
    assert_eq!(read_of(&bare(&boxes)).unwrap().0, lines);
    let titled = format!(
        "<div><div class=pagetitle>{heading}</div><div class=text>{first}<br>{homes}<br>{ring}</div></div>"
    );
    assert_eq!(read_of(&bare(&titled)).unwrap().0, lines);
    let teased = format!(
        "<section><h1>{heading}</h1><article class=teaser><h2><a href=/1>{first}</a></h2><p>{homes}</p></article>\
         <article class=teaser><h2><a href=/2>{homes}</a></h2><p>{ring}</p></article></section>"
    );
    assert_eq!(read_of(&bare(&teased)).unwrap().0, [heading, first, homes, homes, ring]);
}

#[test]
fn what_stands_right_below_or_beside_the_statement_and_belongs_to_it_is_read() {
    let core = format!("<h1>Cyber incident</h1><p>{FIRST}</p>");
    let papers =
        "<div class=downloads><h2>Documents</h2><ul><li><a href=/n.pdf>Letter to tenants</a></li></ul></div>";
    let fair = "<div><h2>Elsewhere</h2><ul><li><a href=/fair>The fair opens</a></li></ul></div>";
    let (content, _) = read_of(&bare(&format!("<main>{core}</main>{papers}{fair}"))).unwrap();
    assert_eq!(content, ["Cyber incident", FIRST, "Documents", "Letter to tenants"]);
    assert_eq!(read_of(&bare(&format!("<main>{core}</main>{fair}{papers}"))).unwrap().0.len(), 2);

    let facts = "<h2>Key facts</h2><ul><li>People affected: 1,200</li></ul>";
    let columns = |beside: &str| bare(&format!("<div><div>{core}</div><div>{beside}</div></div>"));
    let (content, _) = read_of(&columns(facts)).unwrap();
    assert_eq!(content, ["Cyber incident", FIRST, "Key facts", "People affected: 1,200"]);
    let menu = "<h2>Services</h2><ul><li><a href=/bins>Bins</a></li></ul>";
    assert_eq!(read_of(&columns(menu)).unwrap().0.len(), 2);

    for name in ["related-parties", "sidebar-text", "promo-block"] {
        let said = "Our supplier says that none of its systems is involved.";
        let html = bare(&format!("<div>{core}<div class={name}><p>{said}</p></div></div>"));
        assert_eq!(read_of(&html).unwrap().0, ["Cyber incident", FIRST, said], "{name}");
    }
}

/// Names that some site gives to the part that its statement stands in.
const NAMES: &str = "alert alert-info, panel panel-default, callout, notice-box, message-box, banner-text, card-body, highlight-box, summary, intro-text, lead, standfirst, wysiwyg, promo-text, sidebar-first, content-left, feature, hero-text, info-box, warning-text, inset-text, key-facts, widget-text, text-module, popup-text, overlay-content, post-content clearfix, news-article, tile, grid-item, teaser-text, related-statement, share-price-note, comment-from-leader, footer-note, header-text, search-result, tabs-content, toggle-content, email-content, print-statement, ad-hoc-notice, menu-page-text, nav-content, tool-kit, login-issue-notice, rating-agency-note, survey-of-damage, social-care-update, newsletter-text, subscribe-note, signup-issue, app-outage, language-note, accessibility-text, print-only-note, signin-update";

#[test]
fn a_statement_is_read_whatever_its_part_is_called() {
    for name in NAMES.split(", ") {
        let said = format!(
            "<h1>Cyber incident</h1><div class='{name}'><p>{FIRST}</p><p>No personal data was copied.</p></div>"
        );
        for page in [site(&said), bare(&format!("<div><div>{said}</div></div>"))] {
            let (content, _) = read_of(&page).unwrap();
            assert_eq!(content, ["Cyber incident", FIRST, "No personal data was copied."], "{name}");
        }
    }
}

#[test]
fn a_heading_that_leads_to_another_site_is_not_the_page_where_one_says_what_its_title_says() {
    let said =
        format!("<article><h2>The cyber incident at Wharf — what we know</h2><p>{FIRST}</p></article>");
    let cards = each(
        "<article><h1><a href='https://a.example/'>",
        &["Fairs this May", "Pools"],
        "</a></h1><p>Read about what is on and what is not.</p></article>",
    );
    let html = format!(
        "<title>The cyber incident at Wharf — what we know - Wharf Life</title><body>\
         <section role=main>{said}</section><section role=main>{cards}</section></body>"
    );
    assert_eq!(read_of(&html).unwrap().0, ["The cyber incident at Wharf — what we know", FIRST]);
}

#[test]
fn the_one_body_of_an_article_is_the_story_beside_cards_that_lead_elsewhere() {
    let cards = each(
        "<div><a href=/x><span>",
        &["The pool is open", "A fair on Sunday", "Bins: new days", "Roads closed in May"],
        "</span><ul><li>By our staff</li><li>11/20/2026 01:14 PM</li></ul></a></div>",
    );
    let html = bare(&format!(
        "<meta property=og:type content=article><div><h1>Cyber incident</h1><div class=article-body>{FIRST}</div><div>{cards}</div></div>"
    ));
    assert_eq!(read_of(&html).unwrap().0, ["Cyber incident", FIRST]);
}

#[test]
fn no_word_is_cut_out_of_a_sentence() {
    let told =
        "We told the regulator for information about it on 3 May, and will write to whoever is affected.";
    let linked = told.replace("the regulator", "the <a rel=tag class=tag href=/t/ico>regulator</a>");
    let (content, _) = read_of(&site(&format!("<h1>Cyber incident</h1><p>{linked}</p>"))).unwrap();
    assert_eq!(content, ["Cyber incident", told]);
}

#[test]
fn a_request_to_consent_does_not_change_what_is_most_of_the_page() {
    let said = each(
        "<p>On ",
        &["Monday", "Tuesday", "Thursday", "Friday", "Sunday"],
        " we found more files that were copied.</p>",
    );
    let page = |consent: &str| {
        bare(&format!("{consent}<div><h1>Cyber incident</h1></div><div class=rail-body>{said}</div>"))
    };
    let consent = "<p>We use cookies to make this site work, and would like to set more of them to see how you use it.</p>".repeat(4);
    let consent = format!("<div class=cookie-banner>{consent}<button>Accept</button></div>");
    let plain = read_of(&page("")).unwrap();
    assert_eq!(plain.0.len(), 6);
    assert_eq!(read_of(&page(&consent)).unwrap(), plain);
}

#[test]
fn an_advertisement_within_a_quotation_is_not_quoted() {
    let advert = "<div class=ad-slot><span>Advertisement</span><a href='https://a.example/'>Buy a boat this spring</a></div>";
    let quoted = format!(
        "<h1>Cyber incident</h1><blockquote><p>{FIRST}</p>{advert}<footer>Jo Vale, leader</footer></blockquote>"
    );
    assert_eq!(read_of(&site(&quoted)).unwrap().0, ["Cyber incident", FIRST, "Jo Vale, leader"]);
}

const TOLD: &str = "We are looking into a cyber incident.";

#[test]
fn a_short_notice_is_read_though_more_is_said_of_other_things() {
    let talk = each(
        "<p>",
        &["I had no trouble with my bins at all this week.", "They came by at six in the morning, as ever."],
        "</p>",
    );
    let talk = talk.repeat(6);
    for (page, last) in [
        // Bigger parts elsewhere: a list of questions, a gallery, the talk below.
        (
            format!(
                "<div><div><h1>Our systems</h1></div><div><p>{TOLD}</p></div><div class=faq>{talk}</div></div>"
            ),
            TOLD,
        ),
        (
            format!("<div><h1>Our systems</h1><div class=lead>{talk}</div></div><div><p>{TOLD}</p></div>"),
            TOLD,
        ),
        (
            format!(
                "<meta property=og:type content=article><div><h1>Our systems</h1><p>{TOLD}</p><p>{FIRST}</p><div class=gallery>{talk}</div></div>"
            ),
            FIRST,
        ),
    ] {
        let (content, _) = read_of(&bare(&page)).unwrap();
        assert_eq!(content.first().unwrap(), "Our systems", "{page}");
        assert!(
            content.iter().any(|line| line == TOLD) && content.iter().any(|line| line == last),
            "{content:?}"
        );
    }
}

#[test]
fn a_layout_called_after_what_stands_beside_the_statement_holds_the_statement() {
    let aside = "<aside class=sidebar><p>The library is open until six.</p><a href=/lib>Library</a></aside>";
    let form = "<form><label>Comment</label><textarea></textarea></form>";
    for name in [
        "content-left-from-sidebar",
        "post-and-sidebar",
        "sidebar-wrapper sidebar-align-right",
        "map-and-related",
    ] {
        let said = format!("<p>{TOLD}</p><p>{FIRST}</p>");
        let page =
            site(&format!("<h1>Our systems</h1><div class='{name}'><div>{said}</div>{aside}{form}</div>"));
        assert_eq!(read_of(&page).unwrap().0, ["Our systems", TOLD, FIRST], "{name}");
    }
    // Further down, where nothing else names it.
    let page = site(&format!(
        "<h1>Our systems</h1><div><p>You can call us.</p><p>{}</p></div><div class=right-column-sidebar><p>{TOLD}</p><a href=/x>More</a></div>",
        "We answer calls from nine until five on each day but Sunday. ".repeat(6)
    ));
    assert!(read_of(&page).unwrap().0.iter().any(|line| line == TOLD));
}

#[test]
fn what_comes_and_goes_around_a_short_notice_does_not_move_it() {
    let said = format!("<p>{TOLD}</p><p>{FIRST}</p>");
    let talk = each("<p>", &["Ask us for a new bin.", "Boats may land here until six."], "</p>").repeat(9);
    for part in [
        format!("<div class=newsletter-post><h2>Our systems</h2>{said}</div>"),
        format!("<div class=content-w-sidebar><h2>Our systems</h2>{said}</div>"),
        format!("<div><h2>Our systems</h2><div class=text>{said}</div></div>"),
    ] {
        let page = |above: &str, below: &str| bare(&format!("{above}<div>{part}</div>{below}"));
        let plain = read_of(&page("", "")).unwrap().0;
        assert!(plain.contains(&TOLD.to_owned()) && plain.contains(&FIRST.to_owned()), "{plain:?}");
        for (above, below) in [
            ("<div class=top-bar><span>3 May 2026 10:04</span> <span>12°C</span></div>", ""),
            (
                "",
                "<div><p>Page generated 3 May 2026 in 0.312 seconds. 1204 people are viewing this site.</p></div>",
            ),
            (
                "<div role=alert><p>Our customer centre will be shut on Monday, so that all staff can be trained there.</p></div>",
                "",
            ),
            ("", &format!("<div class=comments>{talk}</div>")),
        ] {
            assert_eq!(read_of(&page(above, below)).unwrap().0, plain, "{above}{below}");
        }
    }
}

#[test]
fn what_goes_on_below_a_band_with_the_first_sentence_is_read() {
    let band = format!("<h1>Cyber incident</h1><p>{FIRST} Its phones do not work today.</p>");
    let rest = "<h2>What we do</h2><p>Call 555 100.</p>";
    let expected = |content: &[String]| content.last().is_some_and(|last| last == "Call 555 100.");
    for page in [
        format!("<article><header>{band}</header><div class=entry>{rest}</div></article>"),
        format!("<article><header>{band}</header>{rest}</article>"),
        format!("<section class=hero>{band}</section><section>{rest}</section>"),
        format!("<div class=title-block>{band}</div><div>{rest}</div>"),
    ] {
        assert!(expected(&read_of(&bare(&page)).unwrap().0), "{page}");
    }
    let linked =
        format!("<div>{band}</div><div><p>Read more of our news.</p><a href=/x>Bins go out late</a></div>");
    assert_eq!(read_of(&bare(&linked)).unwrap().0.len(), 2);
}

#[test]
fn parts_that_bear_the_names_of_furniture_and_are_none_are_read() {
    let around = |html: &str| site(&format!("<h1>Cyber incident</h1><p>{FIRST}</p>{html}"));
    for (html, last) in [
        (
            "<section class=related-documents><ul><li><a href=/z.pdf>Our letter</a></li></ul></section>",
            "Our letter",
        ),
        ("<div class=notice-box><div class=notice-box__header><h2>Important</h2></div></div>", "Important"),
        ("<div class=ad-hoc><p>Notice under article 17.</p></div>", "Notice under article 17."),
        ("<div class=footer-note><p>* Figures of 1 May.</p></div>", "* Figures of 1 May."),
        ("<div><span>Council tax</span><span>Down</span></div>", "Council tax Down"),
    ] {
        assert_eq!(read_of(&around(html)).unwrap().0.last().unwrap(), last, "{html}");
    }
}
