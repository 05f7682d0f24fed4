"""The tables of documents, claims and the ledger, by which every fact can be followed in SQL."""

from placedex.store import Migration

SAID_MIGRATIONS = (
    Migration(
        "documents, claims and the ledger",
        """
        CREATE TABLE document (
            code VARCHAR PRIMARY KEY, title VARCHAR NOT NULL, publisher VARCHAR NOT NULL,
            published DATE, address VARCHAR NOT NULL, file VARCHAR NOT NULL,
            sha256 VARCHAR NOT NULL, place VARCHAR NOT NULL, characters INTEGER
        );
        -- Of the kind `claim` are those that a document states; of the kind `source` the figures
        -- from elsewhere, of which there is no document.
        CREATE TABLE claim (
            kind VARCHAR NOT NULL, code VARCHAR NOT NULL, document VARCHAR, state VARCHAR NOT NULL,
            measure VARCHAR NOT NULL, value DOUBLE NOT NULL, high DOUBLE, bound VARCHAR,
            unit VARCHAR NOT NULL, prices VARCHAR NOT NULL, place VARCHAR, place_name VARCHAR,
            candidates VARCHAR[] NOT NULL, period VARCHAR, modality VARCHAR NOT NULL,
            comparator VARCHAR NOT NULL, population VARCHAR NOT NULL, words VARCHAR NOT NULL,
            starts INTEGER, ends INTEGER, page INTEGER, title VARCHAR NOT NULL,
            publisher VARCHAR NOT NULL, address VARCHAR NOT NULL, published VARCHAR NOT NULL,
            note VARCHAR NOT NULL, PRIMARY KEY (kind, code)
        );
        CREATE TABLE organisation (
            code VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, kind VARCHAR NOT NULL,
            also VARCHAR[] NOT NULL, roles VARCHAR[] NOT NULL, identifiers JSON NOT NULL,
            website VARCHAR NOT NULL, place VARCHAR NOT NULL, part_of VARCHAR NOT NULL
        );
        CREATE TABLE programme (
            code VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, kind VARCHAR NOT NULL,
            also VARCHAR[] NOT NULL, about VARCHAR NOT NULL, stage VARCHAR NOT NULL,
            starts VARCHAR NOT NULL, ends VARCHAR NOT NULL, places VARCHAR[] NOT NULL,
            lead VARCHAR NOT NULL, partners VARCHAR[] NOT NULL, themes VARCHAR[] NOT NULL,
            part_of VARCHAR NOT NULL
        );
        CREATE TABLE money (
            programme VARCHAR NOT NULL, code VARCHAR NOT NULL, amount DOUBLE NOT NULL, high DOUBLE,
            bound VARCHAR NOT NULL, currency VARCHAR NOT NULL, prices VARCHAR NOT NULL,
            state VARCHAR NOT NULL, head VARCHAR NOT NULL, year VARCHAR NOT NULL,
            payer VARCHAR NOT NULL, payee VARCHAR NOT NULL, place VARCHAR NOT NULL,
            part_of VARCHAR NOT NULL, PRIMARY KEY (programme, code)
        );
        CREATE TABLE output (
            programme VARCHAR NOT NULL, code VARCHAR NOT NULL, measure VARCHAR NOT NULL,
            unit VARCHAR NOT NULL, value DOUBLE NOT NULL, high DOUBLE, bound VARCHAR NOT NULL,
            state VARCHAR NOT NULL, period VARCHAR NOT NULL, place VARCHAR NOT NULL,
            PRIMARY KEY (programme, code)
        );
        CREATE TABLE target (
            code VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, place VARCHAR NOT NULL, measure JSON,
            indicator VARCHAR NOT NULL, unit VARCHAR NOT NULL, value DOUBLE, high DOUBLE,
            bound VARCHAR NOT NULL, change BOOLEAN NOT NULL, due VARCHAR NOT NULL,
            baseline DOUBLE, baseline_period VARCHAR NOT NULL, promised_by VARCHAR NOT NULL,
            programme VARCHAR NOT NULL
        );
        CREATE TABLE partnership (
            code VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, kind VARCHAR NOT NULL,
            programme VARCHAR NOT NULL, starts VARCHAR NOT NULL, ends VARCHAR NOT NULL
        );
        CREATE TABLE member (
            partnership VARCHAR NOT NULL, organisation VARCHAR NOT NULL,
            PRIMARY KEY (partnership, organisation)
        );
        CREATE TABLE site (
            code VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, kind VARCHAR NOT NULL,
            place VARCHAR NOT NULL, host VARCHAR NOT NULL, partners VARCHAR[] NOT NULL,
            programme VARCHAR NOT NULL, offers VARCHAR[] NOT NULL, website VARCHAR NOT NULL
        );
        CREATE TABLE event (
            code VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, kind VARCHAR NOT NULL,
            happens VARCHAR NOT NULL, repeats VARCHAR NOT NULL, place VARCHAR NOT NULL,
            held_by VARCHAR[] NOT NULL, programme VARCHAR NOT NULL
        );
        CREATE TABLE support_offer (
            code VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, offered_by VARCHAR NOT NULL,
            gives VARCHAR NOT NULL, needs VARCHAR[] NOT NULL, programme VARCHAR NOT NULL,
            sizes VARCHAR[] NOT NULL, least_age DOUBLE, most_age DOUBLE,
            industries VARCHAR[] NOT NULL, places VARCHAR[] NOT NULL, comes_from VARCHAR NOT NULL,
            opens VARCHAR NOT NULL, closes VARCHAR NOT NULL, ask VARCHAR NOT NULL,
            website VARCHAR NOT NULL
        );
        CREATE TABLE award (
            code VARCHAR PRIMARY KEY, recipient VARCHAR NOT NULL, amount DOUBLE NOT NULL,
            currency VARCHAR NOT NULL, given_on DATE, programme VARCHAR NOT NULL,
            title VARCHAR NOT NULL, payer VARCHAR NOT NULL, place VARCHAR NOT NULL,
            subsidy BOOLEAN NOT NULL
        );
        -- What each fact rests on. `entry` is the table in which it stands and `code` its code
        -- there, PROGRAMME/CODE for money and outputs. The field `all` stands for every field.
        CREATE TABLE citation (
            entry VARCHAR NOT NULL, code VARCHAR NOT NULL, field VARCHAR NOT NULL,
            kind VARCHAR NOT NULL, cited VARCHAR NOT NULL, starts INTEGER, ends INTEGER
        );
        CREATE VIEW cited AS
            SELECT citation.*, coalesce(claim.title, document.title) AS title,
                coalesce(claim.publisher, document.publisher) AS publisher,
                coalesce(claim.address, document.address) AS address,
                claim.measure, claim.value, claim.unit, claim.words
            FROM citation
            LEFT JOIN claim ON claim.kind = citation.kind AND claim.code = citation.cited
            LEFT JOIN document ON citation.kind = 'document' AND document.code = citation.cited;
        """,
    ),
)
