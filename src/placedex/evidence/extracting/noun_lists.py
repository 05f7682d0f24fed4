"""Lists of words by which nouns are told and sorted."""

_PERSONS = """
people residents citizens individuals persons inhabitants leaders execs executives stakeholders
founders investors delegates attendees visitors learners students graduates pupils children
women men girls boys adults employees workers staff members volunteers apprentices participants
trainees applicants entrepreneurs professionals teachers nurses doctors customers users patients
tenants jobseekers specialists engineers developers researchers partners mentors guests speakers
clients claimants commuters carers parents families passengers subscribers freelancers
scientists
"""
_PEOPLE = """
people residents citizens individuals persons inhabitants locals
"""
# What a small number may count and be a figure, not a way of ordering a text.
_OUTCOMES = """
companies businesses firms enterprises startups start-ups scaleups scale-ups spinouts spin-outs
spin-offs unicorns jobs roles posts vacancies projects hubs centres schools colleges homes
premises dwellings properties people residents employers learners apprentices apprenticeships
graduates bootcamps courses grants awards patents deals campuses labs laboratories masts
satellites libraries hospitals factories gigafactories stations accelerators incubators
buildings households smes testbeds placements internships chargepoints chargers packages
scholarships bursaries workspaces pilots trials
"""
_NEVER = """
years months weeks days hours minutes seconds decades centuries times points pages percent
thousands millions billions hundreds dozens quarters degrees series ways occasions o'clock
things parts halves thirds steps reasons kinds types sorts lines words characters paragraphs
footnotes chapters sections columns rows ages weekdays weekends nights mornings evenings summers
winters generations
"""
_IRREGULAR = """
people men women children staff premises personnel alumni
"""
# Words that are no part of a noun phrase after a number.
_STOP = """
of in for to with across by at from on into onto over under between among through throughout
during within without per via than as like about around against along behind below above beyond
near off out up down since until before after while when where which who whom whose that this
these those it its they their our we us you your he she his her i my the a an or nor but if so
because although though however is are was were be been being am has have had do does did will
would can could may might shall should must not no also now currently already then there here
such both either neither each every all any some most many much more less fewer few other
another same only just even still yet ever never including include includes using used based
located aged called named last next today compared respectively annually daily weekly monthly
yearly alongside following towards toward plus versus vs
"""
PERSONS = frozenset(_PERSONS.split())
PEOPLE = frozenset(_PEOPLE.split())
OUTCOMES = frozenset(_OUTCOMES.split())
NEVER = frozenset(_NEVER.split())
IRREGULAR = frozenset(_IRREGULAR.split())
STOP = frozenset(_STOP.split())
