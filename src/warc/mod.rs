//! The WARC 1.1 format (ISO 28500:2017), written and read.
