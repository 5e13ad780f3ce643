//! What the bodies of the demo say, and when. All of it is invented: names, hosts, words and figures.
//!
//! The course of events follows what was reported of three Kent councils in January 2024: services taken offline
//! as a precaution, one statement shared by three bodies, an assurance about data that grew less sure, a supplier
//! that denied a part in it and later denied more, a shared service that did not answer, a regulator that had
//! been told.

use jiff::civil::{Date, date};

use super::site::{
    Answer::{self, Redirect, Says, SoftNotFound, Status, Unreachable},
    Block::{self, Heading, Items, Rows, Text},
    Layout, Page, Words,
};

/// The moments at which a reporter looks.
pub(super) const STEPS: &[(&str, &str)] = &[
    ("2024-01-18T16:30:00Z", "Thursday afternoon: three councils, one statement"),
    ("2024-01-18T21:00:00Z", "Thursday evening: a banner goes up"),
    ("2024-01-19T08:00:00Z", "Friday morning: new menus, clocks and counters, not one new word"),
    ("2024-01-19T11:15:00Z", "Friday, before noon: certainty goes, the supplier speaks"),
    ("2024-01-19T17:00:00Z", "Friday evening: the joint statement is no longer one"),
    ("2024-01-20T09:00:00Z", "Saturday morning: a site is down"),
    ("2024-01-20T09:30:00Z", "Half an hour later: still down"),
    ("2024-01-20T18:00:00Z", "Saturday evening: it is back, and elsewhere a sentence is missing"),
    ("2024-01-21T09:00:00Z", "Sunday morning: a statement cannot be found"),
    ("2024-01-21T12:00:00Z", "Sunday noon: it is still gone, and a figure has grown"),
    ("2024-01-21T15:00:00Z", "Sunday afternoon: it is there again"),
    ("2024-01-22T09:00:00Z", "Monday morning: services return, the supplier denies more"),
    ("2024-01-22T16:30:00Z", "Monday afternoon: a new date and a new address, no new word"),
];

const THURSDAY: Date = date(2024, 1, 18);
const FRIDAY: Date = date(2024, 1, 19);
const MONDAY: Date = date(2024, 1, 22);

const ASHMERE: &str = "Ashmere City Council";
const CLIFFGATE: &str = "Cliffgate District Council";
const SALTHOLM: &str = "Saltholm District Council";

/// The addresses of the scenario.
pub(super) const PAGES: &[Page] = &[
    page(
        "ashmere-updates",
        ASHMERE,
        "http://news.ashmere.example/online-services",
        Layout::Portal,
        &[
            (0, Says(updates(THURSDAY, &[DAY_ONE, OPENING, &[Text(DENIED)], PHONES]))),
            (3, Says(updates(THURSDAY, &[DAY_ONE, OPENING, &[Text(HEDGED)], PHONES]))),
            (
                4,
                Says(updates(FRIDAY, &[DAY_TWO, &[Text(BOOKED)], DAY_ONE, OPENING, &[Text(HEDGED)], PHONES])),
            ),
            // The older block loses its sentence about the phones; no date moves.
            (
                7,
                Says(updates(
                    FRIDAY,
                    &[DAY_TWO, &[Text(BOOKED)], DAY_ONE, OPENING, &[Text(HEDGED)], NO_PHONES],
                )),
            ),
            (
                9,
                Says(updates(
                    FRIDAY,
                    &[DAY_TWO, &[Text(REBOOKED)], DAY_ONE, OPENING, &[Text(HEDGED)], NO_PHONES],
                )),
            ),
            (
                11,
                Says(updates(
                    MONDAY,
                    &[DAY_FIVE, DAY_TWO, &[Text(REBOOKED)], DAY_ONE, OPENING, &[Text(HEDGED)], NO_PHONES],
                )),
            ),
        ],
    ),
    page(
        "ashmere-home",
        ASHMERE,
        "http://www.ashmere.example/",
        Layout::Portal,
        &[
            (0, Says(home(""))),
            (1, Says(home("Many of our online services are switched off because of a cyber incident."))),
            (
                11,
                Says(home(
                    "Online payments are back after last week’s cyber incident. Other services follow.",
                )),
            ),
        ],
    ),
    page(
        "cliffgate-news",
        CLIFFGATE,
        "http://www.cliffgate.example/News/Joint-Statement.aspx",
        Layout::Legacy,
        &[
            (0, Says(joint(THURSDAY, &[OPENING, &[Text(DENIED)], PHONES]))),
            (5, Status(503)),
            (7, Says(joint(THURSDAY, &[OPENING, &[Text(DENIED)], PHONES]))),
            (11, Says(joint(THURSDAY, &[OPENING, &[Text(DENIED), Text(REPORTED)], PHONES]))),
            (12, Says(joint(MONDAY, &[OPENING, &[Text(DENIED), Text(REPORTED)], PHONES]))),
        ],
    ),
    page(
        "saltholm-news",
        SALTHOLM,
        "http://www.saltholm.example/news/joint-statement",
        Layout::Divs,
        &[
            (0, Says(joint(THURSDAY, &[OPENING, &[Text(DENIED)], PHONES]))),
            (4, Says(joint(THURSDAY, SALTHOLM_ALONE))),
            (8, SoftNotFound),
            (10, Says(joint(THURSDAY, SALTHOLM_ALONE))),
        ],
    ),
    page(
        "saltholm-services",
        SALTHOLM,
        "http://www.saltholm.example/service-status",
        Layout::Divs,
        &[
            (0, Says(status(&[&[Rows(SERVICES_OFF)], TIP]))),
            (6, Says(status(&[&[Rows(SERVICES_OFF)], TIP_SHORTER]))),
            (11, Says(status(&[&[Rows(SERVICES_ON)], TIP_SHORTER]))),
        ],
    ),
    page(
        "eastway",
        "Eastway Shared Services",
        "https://www.eastway.example/",
        Layout::Newsroom,
        &[(0, Unreachable)],
    ),
    Page {
        validates: true,
        ..page(
            "orvane-statement",
            "Orvane Systems",
            "http://www.orvane.example/press/councils",
            Layout::Newsroom,
            &[
                (0, Status(404)),
                (3, Says(orvane(&[&[Text(ORVANE_AWARE), Text(ORVANE_DENIES), Text(ORVANE_ENDS)]]))),
                (11, Says(orvane(&[&[Text(ORVANE_AWARE), Text(ORVANE_DENIES_MORE), Text(ORVANE_ENDS)]]))),
            ],
        )
    },
    page(
        "data-rights",
        "Office for Data Rights",
        "http://www.data-rights.example/statements/kent-councils",
        Layout::Portal,
        &[
            (0, Says(data_rights(&[&[Text(RIGHTS_AWARE)]]))),
            (4, Says(data_rights(&[&[Text(RIGHTS_TOLD), Text(RIGHTS_ASKS)]]))),
            (12, Redirect("http://www.data-rights.example/statements/2024/01/kent-councils")),
        ],
    ),
    Page {
        target: None,
        ..page(
            "",
            "Office for Data Rights",
            "http://www.data-rights.example/statements/2024/01/kent-councils",
            Layout::Portal,
            &[(0, Status(404)), (12, Says(data_rights(&[&[Text(RIGHTS_TOLD), Text(RIGHTS_ASKS)]])))],
        )
    },
    page(
        "digital-safety",
        "Centre for Digital Safety",
        "http://www.digital-safety.example/news/councils",
        Layout::Newsroom,
        &[(0, Says(CENTRE))],
    ),
];

const fn page(
    target: &'static str,
    body: &'static str,
    url: &'static str,
    layout: Layout,
    versions: &'static [(usize, Answer)],
) -> Page {
    Page { target: Some(target), body, url, layout, validates: false, versions }
}

const fn updates(date: Date, sections: &'static [&'static [Block]]) -> Words {
    Words { title: "Updates on our online services", date, banner: "", sections }
}

const fn joint(date: Date, sections: &'static [&'static [Block]]) -> Words {
    Words { title: "Joint statement on online services", date, banner: "", sections }
}

const fn home(banner: &'static str) -> Words {
    Words { title: "Welcome to Ashmere", date: date(2024, 1, 8), banner, sections: HOME }
}

const fn status(sections: &'static [&'static [Block]]) -> Words {
    Words { title: "Which services are working", date: THURSDAY, banner: "", sections }
}

const DAY_ONE: &[Block] = &[Heading("Thursday 18 January 2024")];
const DAY_TWO: &[Block] = &[
    Heading("Friday 19 January 2024"),
    Text("Engineers are testing each system by itself before any of it is joined up again."),
    Text(
        "Council tax, rent and business rates can be paid by phone while the website is closed to payments.",
    ),
];
const DAY_FIVE: &[Block] = &[
    Heading("Monday 22 January 2024"),
    Text("You can pay council tax, rent and business rates on our website again."),
    Text("Planning searches and maps stay switched off, and we cannot give a date for them yet."),
];
const OPENING: &[Block] = &[
    Text(
        "The councils of Ashmere, Cliffgate and Saltholm have shut down most of their online services while a \
         cyber incident is being looked into.",
    ),
    Text("We cut the links between our systems this morning to be on the safe side."),
    Text("Until further notice you will not be able to:"),
    Items(&["apply or pay for anything on our websites", "look up planning files", "open our maps"]),
];
const DENIED: &str = "No personal data held by the councils has been accessed.";
const HEDGED: &str = "So far there is no evidence that personal data held by the councils has been accessed.";
const PHONES: &[Block] = &[
    Text("Our phones and e-mail are working. Our reception desks keep their usual hours."),
    Text("The people behind these services are sorry for the trouble and are at work on it."),
];
const NO_PHONES: &[Block] = &[
    Text("Our reception desks keep their usual hours."),
    Text("The people behind these services are sorry for the trouble and are at work on it."),
];
const BOOKED: &str = "Because of the cyber incident we have moved 140 appointments to a later day.";
const REBOOKED: &str = "Because of the cyber incident we have moved 410 appointments to a later day.";
const REPORTED: &str = "The Office for Data Rights has been told about the cyber incident.";

const SALTHOLM_ALONE: &[&[Block]] = &[
    &[
        Text(
            "Saltholm District Council has limited access to its online services after warnings of a suspected \
             security incident.",
        ),
        Text("We cut the links between our systems this morning to be on the safe side."),
        Text("Until further notice you will not be able to:"),
        Items(&["apply or pay for anything on our websites", "look up planning files", "open our maps"]),
        Text(DENIED),
        Text("None of our computer services is run by Orvane Systems."),
    ],
    PHONES,
];

const SERVICES_OFF: &[(&str, &str)] = &[
    ("Council tax payments", "Online services not available"),
    ("Rent payments", "Online services not available"),
    ("Planning search", "Online services not available"),
    ("Bin day checker", "Working"),
];
const SERVICES_ON: &[(&str, &str)] = &[
    ("Council tax payments", "Online services available again"),
    ("Rent payments", "Online services available again"),
    ("Planning search", "Online services not available"),
    ("Bin day checker", "Working"),
];
const TIP: &[Block] =
    &[Heading("Opening hours"), Text("The household tip in Quarry Lane is open from 8am to 6pm.")];
const TIP_SHORTER: &[Block] =
    &[Heading("Opening hours"), Text("The household tip in Quarry Lane is open from 8am to 4pm.")];

const HOME: &[&[Block]] = &[&[
    Text("Find your way to the council’s services, meetings and news."),
    Heading("This month"),
    Text("The winter lights in Castle Gardens stay up until the end of January."),
    Text("Nominations for the Ashmere community awards close on 9 February."),
]];

const ORVANE_AWARE: &str =
    "Orvane Systems has seen reports that three Kent councils have lost their online services.";
const ORVANE_DENIES: &str = "The disruption was not caused by an Orvane product.";
const ORVANE_DENIES_MORE: &str = "No part of the disruption was caused by an Orvane product, and Orvane Systems has never provided any service to \
     these councils.";
const ORVANE_ENDS: &str = "We wish the councils’ staff well.";

const fn orvane(sections: &'static [&'static [Block]]) -> Words {
    Words { title: "Statement about three Kent councils", date: FRIDAY, banner: "", sections }
}

const RIGHTS_AWARE: &str = "We know of the cyber incident at three councils in Kent.";
const RIGHTS_TOLD: &str =
    "The councils of Ashmere, Cliffgate and Saltholm have each reported a personal data breach to us.";
const RIGHTS_ASKS: &str = "We are putting questions to them and will publish what comes of it.";

const fn data_rights(sections: &'static [&'static [Block]]) -> Words {
    Words { title: "Statement on three Kent councils", date: THURSDAY, banner: "", sections }
}

const CENTRE: Words = Words {
    title: "Councils in Kent",
    date: THURSDAY,
    banner: "",
    sections: &[&[
        Text("The Centre for Digital Safety is helping three Kent councils after a cyber incident."),
        Text("The councils’ own pages have advice for residents."),
    ]],
};
