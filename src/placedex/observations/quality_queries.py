"""The questions that are asked of the figures, in SQL: where is something odd, and why.

Each gives indicator, place, starts, months, value and the explanation; limits stand in braces.
"""

COVERAGE = """
WITH given AS (
    SELECT indicator, kind, place, starts, months, value FROM {table}
    JOIN place ON place.code = place WHERE part = ''
), kinds AS (SELECT kind, count(DISTINCT place) AS places FROM given GROUP BY kind),
ever AS (
    SELECT indicator, kind, count(DISTINCT place) AS ever FROM given
    WHERE value IS NOT NULL GROUP BY ALL
)
SELECT indicator, kind, starts, months, count(value) AS have, ever, places
FROM given JOIN kinds USING (kind) JOIN ever USING (indicator, kind)
GROUP BY ALL ORDER BY indicator, kind, starts, months
"""

# Where shares are all but alike, a point is the least that is taken for the usual distance.
SAID = """
CREATE OR REPLACE TEMP MACRO said(x) AS
CASE WHEN abs(x) >= 1000 THEN format('{:,.0f}', x) ELSE format('{:.4g}', x) END
"""

# `whole`: every value of a whole, with place and traits; `latest`: those of the last period that
# at least half as many places of the kind have as of the one that most have.
TABLES = (
    (
        "whole",
        """
        SELECT observation.indicator, observation.place, place.name, place.kind, place.ended,
            starts, months, period, value, unit, adds, half,
            CASE WHEN starts_with(unit, '%') THEN {point} ELSE 0 END AS least
        FROM {table}
        JOIN place ON place.code = observation.place
        JOIN indicator ON indicator.code = observation.indicator
        JOIN trait ON trait.indicator = observation.indicator
        WHERE part = '' AND value IS NOT NULL AND isfinite(value)
        """,
    ),
    (
        "latest",
        """
        SELECT whole.* FROM whole JOIN (
            SELECT indicator, kind, starts, months FROM (
                SELECT *, max(have) OVER (PARTITION BY indicator, kind) AS most FROM (
                    SELECT indicator, kind, starts, months, count(*) AS have
                    FROM whole GROUP BY ALL
                )
            ) WHERE 2 * have >= most
            QUALIFY row_number() OVER (
                PARTITION BY indicator, kind ORDER BY starts DESC, months DESC
            ) = 1
        ) AS last USING (indicator, kind, starts, months)
        """,
    ),
    (
        "child",
        """
        SELECT child.code AS child, child.kind, unnest(child.parents) AS parent FROM place AS child
        WHERE (child.ended IS NULL OR child.ended > DATE '{day}')
            AND child.kind IN ('district', 'region', 'nation')
        """,
    ),
)

_COVERAGE = """
WITH had AS (SELECT DISTINCT indicator, kind, place, name, ended FROM whole),
shown AS (SELECT DISTINCT indicator, kind, starts, months, period FROM latest),
told AS (
    SELECT had.indicator, had.kind, starts, months, shown.period, count(*) AS ever,
        count(*) FILTER (now.place IS NULL) AS lack,
        list(had.name ORDER BY had.name) FILTER (now.place IS NULL) AS names
    FROM had JOIN shown USING (indicator, kind)
    LEFT JOIN latest AS now USING (indicator, kind, place, starts, months)
    WHERE had.ended IS NULL OR had.ended > starts
    GROUP BY ALL
)
SELECT indicator, '', starts, months, CAST(ever - lack AS DOUBLE),
    (ever - lack) || ' of ' || ever || ' places of the kind ' || kind || ' that ever had a figure '
    || 'have one for ' || period || '; it is missing for ' || array_to_string(names[1:5], ', ')
    || CASE WHEN lack > 5 THEN ' and ' || (lack - 5) || ' more' ELSE '' END
FROM told WHERE lack > 0 ORDER BY indicator, kind
"""

_OUT_OF_RANGE = """
SELECT indicator, place, starts, months, value,
    name || ' has ' || said(value) || ' ' || unit || ' for ' || period
    || '; a share lies between 0 and 100'
FROM whole WHERE starts_with(unit, '%') AND (value < 0 OR value > 100)
ORDER BY indicator, starts, place
"""

_ENDED = """
SELECT indicator, place, max(starts), arg_max(months, starts), arg_max(value, starts),
    any_value(name) || ' ended on ' || any_value(ended) || ', and it has ' || count(*)
    || CASE WHEN count(*) = 1 THEN ' figure' ELSE ' figures' END
    || ' for a time from then on, the last for ' || arg_max(period, starts)
    || ': a table may hold both the old code and the new'
FROM whole WHERE ended IS NOT NULL AND starts >= ended
GROUP BY indicator, place ORDER BY indicator, place
"""

# A sum of rounded figures may be off by half a unit for each child.
_PARENTS = """
WITH kids AS (SELECT parent, kind, count(*) AS wanted FROM child GROUP BY ALL),
sums AS (
    SELECT parent, child.kind, indicator, starts, months, sum(value) AS sum, count(*) AS have,
        any_value(half) AS half
    FROM child JOIN whole ON whole.place = child.child
    WHERE adds GROUP BY ALL
)
SELECT whole.indicator, whole.place, whole.starts, whole.months, whole.value,
    whole.name || ' has ' || said(whole.value) || ' ' || whole.unit || ' for '
    || whole.period || ', and its ' || have || ' places of the kind ' || sums.kind || ' have '
    || said(sum) || ' together'
    || CASE WHEN whole.value <> 0 AND abs(log10(abs(nullif(sum, 0) / whole.value)) - 3
        * round(log10(abs(nullif(sum, 0) / whole.value)) / 3)) < 0.01
        AND abs(sum - whole.value) > 100 * abs(least(sum, whole.value))
        THEN ': one of the two is likely in another unit' ELSE '' END
FROM sums JOIN kids USING (parent, kind)
JOIN whole ON whole.place = sums.parent AND whole.indicator = sums.indicator
    AND whole.starts = sums.starts AND whole.months = sums.months
WHERE have = wanted AND have > 1
    AND abs(sum - whole.value) > greatest({share} * abs(whole.value), (have + 1) * sums.half)
ORDER BY whole.indicator, whole.starts, whole.place
"""

# A rate or a mean of a whole lies between those of its parts. Each is rounded by half a unit.
_BETWEEN = """
WITH kids AS (SELECT parent, kind, count(*) AS wanted FROM child GROUP BY ALL),
ends AS (
    SELECT parent, child.kind, indicator, starts, months, min(value) AS low, max(value) AS high,
        count(*) AS have, 2 * any_value(half) AS slack
    FROM child JOIN whole ON whole.place = child.child
    WHERE NOT adds AND (starts_with(unit, '%') OR contains(unit, 'per '))
    GROUP BY ALL
)
SELECT whole.indicator, whole.place, whole.starts, whole.months, whole.value,
    whole.name || ' has ' || said(whole.value) || ' ' || whole.unit || ' for ' || whole.period
    || ', and its ' || have || ' places of the kind ' || ends.kind || ' have from ' || said(low)
    || ' to ' || said(high) || ': a whole lies between its parts'
FROM ends JOIN kids USING (parent, kind)
JOIN whole ON whole.place = ends.parent AND whole.indicator = ends.indicator
    AND whole.starts = ends.starts AND whole.months = ends.months
WHERE have = wanted AND have > 1
    AND (whole.value < low - slack OR whole.value > high + slack)
ORDER BY whole.indicator, whole.starts, whole.place
"""

# Industries of five digits stand within those of two. Of a place that is off, the worst is told.
_PARTS = """
WITH part AS (
    SELECT observation.indicator, observation.place, starts, months, period, part, value, half
    FROM {table} JOIN trait USING (indicator)
    WHERE adds AND value IS NOT NULL AND regexp_full_match(part, '[0-9]{{2}}|[0-9]{{5}}')
), sums AS (
    SELECT indicator, place, starts, months, part[1:2] AS part, sum(value) AS sum, count(*) AS have
    FROM part WHERE length(part) = 5 GROUP BY ALL
), gap AS (
    SELECT part.*, sum, have, abs(sum - value) AS gap,
        abs(sum - value) > greatest({share} * abs(value), (have + 1) * half) AS off
    FROM part JOIN sums USING (indicator, place, starts, months, part)
), worst AS (
    SELECT indicator, place, count(*) AS compared, count_if(off) AS many,
        arg_max({{'starts': starts, 'months': months, 'period': period, 'part': part,
            'value': value, 'sum': sum, 'have': have}}, CASE WHEN off THEN gap END) AS one
    FROM gap GROUP BY ALL HAVING count_if(off) > 0
)
SELECT indicator, place, one.starts, one.months, one.value,
    place.name || ': of ' || compared || ' figures of an industry of two digits ' || many
    || CASE WHEN many = 1 THEN ' is' ELSE ' are' END
    || ' not the sum of those of five; most in ' || one.part || ' for ' || one.period || ', with '
    || said(one.value) || ' and ' || said(one.sum) || ' from ' || one.have
    || '. They may be rounded, or kept back, each on its own'
FROM worst JOIN place ON place.code = worst.place
ORDER BY indicator, place
"""

# A file that holds one period alone has nothing to revise it by: such a change of nearly all is
# more often a wrong date, or another measure, than better knowledge.
_REVISED = """
WITH snapshot AS (
    SELECT indicator, origin FROM observation WHERE part = ''
    GROUP BY ALL HAVING count(DISTINCT (starts, months)) = 1
), pair AS (
    SELECT old.indicator, old.place, kind, old.starts, old.months, old.period,
        old.value AS before, now.value, old.origin AS earlier, now.origin AS later
    FROM observation AS old
    JOIN observation AS now USING (indicator, place, part, starts, months)
    JOIN snapshot ON snapshot.indicator = now.indicator AND snapshot.origin = now.origin
    JOIN place ON place.code = old.place
    WHERE old.part = '' AND old.until IS NOT NULL AND now.until IS NULL
        AND old.value IS NOT NULL AND now.value IS NOT NULL
), told AS (
    SELECT indicator, kind, starts, months, period, earlier, later, count(*) AS places,
        count_if(abs(before - value) > 2 * half) AS changed, median(value - before) AS step
    FROM pair JOIN trait USING (indicator) GROUP BY ALL
)
SELECT indicator, '', starts, months, step,
    new.code || ' changed ' || changed || ' of the ' || places || ' figures that ' || old.code
    || ' has of places of the kind ' || kind || ' for ' || period || ', half of them by '
    || said(step) || ' or more: one of the two may be dated wrongly, or be of another measure'
FROM told JOIN origin AS old ON old.number = earlier JOIN origin AS new ON new.number = later
WHERE places >= {places} AND changed >= {revised} * places
ORDER BY indicator, kind, starts
"""

_ZERO = """
WITH kinds AS (
    SELECT indicator, kind, starts, months, count(*) AS places, quantile_cont(value, 0.25) AS low,
        median(value) AS middle, count_if(value > 0) AS more
    FROM whole GROUP BY ALL
), before AS (
    SELECT indicator, place, starts, months,
        lag(value) OVER (PARTITION BY indicator, place ORDER BY starts) AS value,
        lag(period) OVER (PARTITION BY indicator, place ORDER BY starts) AS period
    FROM whole
)
SELECT indicator, place, starts, months, whole.value,
    name || ' has 0 for ' || whole.period || '; ' || more || ' of the ' || places
    || ' places of the kind ' || kind || ' have more, half of them above '
    || said(middle)
    || CASE WHEN before.value > 0 THEN ', and it had ' || said(before.value)
        || ' for ' || before.period ELSE '' END || '. A blank may have been read as nought'
FROM whole JOIN kinds USING (indicator, kind, starts, months)
JOIN before USING (indicator, place, starts, months)
WHERE whole.value = 0 AND places >= {places} AND low > 0
ORDER BY indicator, starts, place
"""

_OF_KIND = """
WITH middle AS (
    SELECT indicator, kind, median(value) AS middle, count(*) AS places,
        greatest(mad(value), any_value(least)) AS spread
    FROM latest WHERE NOT adds GROUP BY ALL
)
SELECT indicator, place, starts, months, value,
    name || ' has ' || said(value) || ' ' || unit || ' for ' || period
    || '; half of the ' || places || ' places of the kind ' || kind || ' are above '
    || said(middle) || ' (robust z '
    || format('{{:.1f}}', (value - middle) / (1.4826 * spread)) || ')'
FROM latest JOIN middle USING (indicator, kind)
WHERE places >= {places} AND spread > 0 AND abs(value - middle) > {z} * 1.4826 * spread
ORDER BY indicator, abs(value - middle) / spread DESC, place
"""

_OF_NEIGHBOURS = """
WITH around AS (
    SELECT latest.indicator, latest.place, median(other.value) AS middle, count(*) AS others
    FROM latest JOIN beside ON beside.place = latest.place
    JOIN latest AS other ON other.place = beside.other AND other.indicator = latest.indicator
    WHERE NOT latest.adds GROUP BY ALL HAVING count(*) >= {neighbours}
), gap AS (
    SELECT latest.*, middle, others, value - middle AS gap
    FROM latest JOIN around USING (indicator, place)
), spread AS (
    SELECT indicator, kind, median(gap) AS usual, count(*) AS places,
        greatest(mad(gap), any_value(least)) AS spread
    FROM gap GROUP BY ALL
)
SELECT indicator, place, starts, months, value,
    name || ' has ' || said(value) || ' ' || unit || ' for ' || period || ', and its '
    || others || ' neighbours about ' || said(middle)
    || '; such a gap is rare among the ' || places || ' (robust z '
    || format('{{:.1f}}', (gap - usual) / (1.4826 * spread)) || ')'
FROM gap JOIN spread USING (indicator, kind)
WHERE places >= {places} AND spread > 0 AND abs(gap - usual) > {z} * 1.4826 * spread
ORDER BY indicator, abs(gap - usual) / spread DESC, place
"""

# A step that all places took is no oddity: of each, the median of its kind is taken away. Steps of
# a size are shares of it; of a rate they are differences.
_OF_PAST = """
WITH step AS (
    SELECT *, lag(value) OVER one AS before, lag(period) OVER one AS earlier,
        CASE WHEN adds OR starts_with(unit, '£') THEN
            CASE WHEN value > 0 AND lag(value) OVER one > 0
                THEN ln(value / lag(value) OVER one) END
            ELSE value - lag(value) OVER one END AS step
    FROM whole
    WINDOW one AS (PARTITION BY indicator, place, months ORDER BY starts)
), own AS (
    SELECT *, step - median(step) OVER (PARTITION BY indicator, kind, starts, months) AS own
    FROM step WHERE step IS NOT NULL
), spread AS (
    SELECT indicator, place, months, median(own) AS usual, mad(own) AS spread, count(*) AS steps
    FROM own GROUP BY ALL
), floor AS (
    SELECT indicator, kind, greatest(mad(own), any_value(least)) AS ground FROM own GROUP BY ALL
)
SELECT indicator, place, starts, months, value,
    name || ' went from ' || said(before) || ' for ' || earlier || ' to '
    || said(value) || ' ' || unit || ' for ' || period
    || '; that is far from its other ' || (steps - 1) || ' steps, and others of the kind '
    || 'did not go with it (robust z '
    || format('{{:.1f}}', (own - usual) / (1.4826 * greatest(spread, ground))) || ')'
FROM own JOIN spread USING (indicator, place, months) JOIN floor USING (indicator, kind)
WHERE steps >= {steps} AND greatest(spread, ground) > 0
    AND abs(own - usual) > {z} * 1.4826 * greatest(spread, ground)
ORDER BY indicator, abs(own - usual) / greatest(spread, ground) DESC, place, starts
"""

_FLAT = """
WITH run AS (
    SELECT *, row_number() OVER (PARTITION BY indicator, place, months ORDER BY starts)
        - row_number() OVER (PARTITION BY indicator, place, months, value ORDER BY starts) AS run
    FROM whole
)
SELECT indicator, place, max(starts), months, value,
    any_value(name) || ' has ' || said(value) || ' ' || any_value(unit)
    || ' for each of ' || count(*) || ' periods from ' || arg_min(period, starts) || ' to '
    || arg_max(period, starts)
FROM run WHERE value NOT IN (0, 100)
GROUP BY indicator, place, months, value, run HAVING count(*) >= {flat}
ORDER BY indicator, place, max(starts)
"""

_SATURATED = """
WITH ends AS (
    SELECT indicator, kind, starts, months, period, any_value(unit) AS unit, count(*) AS places,
        max(value) AS high, min(value) AS low
    FROM latest GROUP BY ALL
), told AS (
    SELECT ends.*, count_if(value = high) AS at_high, count_if(value = low) AS at_low
    FROM ends JOIN latest USING (indicator, kind, starts, months, period) GROUP BY ALL
)
SELECT indicator, '', starts, months, CASE WHEN at_high >= at_low THEN high ELSE low END,
    greatest(at_high, at_low) || ' of ' || places || ' places of the kind ' || kind || ' have '
    || said(CASE WHEN at_high >= at_low THEN high ELSE low END) || ' ' || unit
    || ' for ' || period || ', the '
    || CASE WHEN high = low THEN 'only' WHEN at_high >= at_low THEN 'highest' ELSE 'lowest' END
    || ' figure that there is: it has stopped telling places apart'
FROM told WHERE places >= {places} AND greatest(at_high, at_low) >= {saturated} * places
ORDER BY indicator, kind
"""

ODDITIES = (
    ("coverage", _COVERAGE),
    ("out of range", _OUT_OF_RANGE),
    ("ended place", _ENDED),
    ("parents and children", _PARENTS),
    ("parents and children", _BETWEEN),
    ("parts", _PARTS),
    ("revised throughout", _REVISED),
    ("zero", _ZERO),
    ("outlier of its kind", _OF_KIND),
    ("outlier of neighbours", _OF_NEIGHBOURS),
    ("outlier of its past", _OF_PAST),
    ("flat", _FLAT),
    ("saturated", _SATURATED),
)
