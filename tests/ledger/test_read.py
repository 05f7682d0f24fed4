"""A ledger is read from YAML, or every fault is told at once with its file and line."""

from pathlib import Path

import pytest

from placedex.errors import BadWorkspace, Faults
from placedex.ledger import Known, Ledger, read_ledger

PAYER = """\
- code: council
  name: A Council
  kind: council
  cites: [document:plan@0-9]
"""
PROGRAMME = """\
- code: devices
  name: Devices for all
  kind: fund
  starts: 2024
  ends: 2026-03
  lead: council
  places: [E08000030]
  money:
    - code: devices-money
      amount: 4000000
      currency: GBP
      state: committed
      payer: council
      cites: [claim:devices]
  cites: [document:plan@10-60]
"""


def write(folder: Path, **files: str) -> Path:
    ledger = folder / "ledger"
    ledger.mkdir(exist_ok=True)
    for name, text in files.items():
        (ledger / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    return ledger


def faults(folder: Path, known: Known | None = None) -> list[str]:
    with pytest.raises(Faults) as caught:
        read_ledger(folder, known)
    return [str(fault) for fault in caught.value.faults]


def broken(folder: Path) -> list[str]:
    with pytest.raises(BadWorkspace) as caught:
        read_ledger(folder)
    return str(caught.value).splitlines()


def test_a_folder_that_is_not_there_is_an_empty_ledger(tmp_path: Path) -> None:
    assert read_ledger(tmp_path / "ledger") == Ledger()


def test_an_empty_file_lists_nothing(tmp_path: Path) -> None:
    assert read_ledger(write(tmp_path, organisations="# None yet.\n")) == Ledger()


def test_a_programme_has_its_money_and_what_each_rests_on(tmp_path: Path) -> None:
    ledger = read_ledger(write(tmp_path, organisations=PAYER, programmes=PROGRAMME))

    one = ledger.programmes["devices"]
    assert (one.starts, one.ends, one.lead, one.places) == (
        "2024", "2026-03", "council", ("E08000030",),
    )  # fmt: skip
    assert (one.money[0].amount, one.money[0].currency) == (4e6, "GBP")
    assert [str(cited) for cited in one.money[0].cites.of("amount")] == ["claim:devices"]
    assert [str(cited) for cited in one.cites.of("starts")] == ["document:plan@10-60"]


def test_several_files_of_a_kind_are_read_together(tmp_path: Path) -> None:
    other = PROGRAMME.replace("code: devices\n", "code: more\n")
    folder = write(tmp_path, organisations=PAYER, programmes=PROGRAMME, programmes_more=other)

    assert list(read_ledger(folder).programmes) == ["more", "devices"]


def test_a_file_of_no_kind_is_refused(tmp_path: Path) -> None:
    [line] = broken(write(tmp_path, promises=PAYER))

    assert "a ledger has no 'promises'. Wanted a file named for one of organisations" in line


def test_the_keys_of_every_file_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        organisations=PAYER.replace("kind:", "knd:"),
        programmes=PROGRAMME.replace("amount: 4000000", "amount: much").replace("ends:", "until:"),
    )

    told = broken(folder)

    assert "organisations.yaml, line 1: the key '0.kind' is missing" in told[0]
    assert "organisations.yaml, line 3: the key '0.knd' is not known. Did you mean" in told[1]
    assert "programmes.yaml, line 10: '0.money.0.amount' is 'much'. Wanted a valid" in told[2]
    assert "programmes.yaml, line 5: the key '0.until' is not known" in told[3]


def test_an_entry_that_cites_nothing_is_a_fault(tmp_path: Path) -> None:
    folder = write(tmp_path, organisations=PAYER.replace("[document:plan@0-9]", "[]"))

    assert faults(folder) == [
        "ledger/organisations.yaml, line 1, key cites: council cites nothing for name. Wanted a "
        "claim, a document, an observation or a source for each fact. Say under cites what it "
        "rests on."
    ]


def test_an_entry_without_a_word_on_citations_is_told_its_line(tmp_path: Path) -> None:
    [line] = broken(write(tmp_path, organisations="- {code: a, name: A, kind: council}\n"))

    assert "organisations.yaml, line 1: the key '0.cites' is missing" in line


def test_one_field_that_rests_on_nothing_is_named(tmp_path: Path) -> None:
    text = PROGRAMME.replace(
        "  cites: [document:plan@10-60]",
        "  cites:\n    name: [document:plan@10-60]\n    lead: [document:plan@10-60]\n"
        "    places: [document:plan@10-60]\n    money: [claim:devices]",
    )

    [fault] = faults(write(tmp_path, organisations=PAYER, programmes=text))

    assert "programmes.yaml, line 1, key cites: devices cites nothing for ends, starts." in fault


def test_citations_of_a_field_that_is_none_are_refused(tmp_path: Path) -> None:
    text = PAYER.replace("[document:plan@0-9]", "{nmae: [document:plan@0-9]}")

    [line] = broken(write(tmp_path, organisations=text))

    assert "Wanted fields of the entry under cites; nmae is none" in line


@pytest.mark.parametrize("text", ["plan", "claim:", "page:plan", "document:plan@9-3", "claim:a b"])
def test_a_citation_of_another_form_is_refused(tmp_path: Path, text: str) -> None:
    [line] = broken(write(tmp_path, organisations=PAYER.replace("document:plan@0-9", text)))

    assert "organisations.yaml, line 4: '0.cites'" in line


def test_a_target_without_a_measure_is_kept_and_has_no_value(tmp_path: Path) -> None:
    text = "- {code: a, name: A better place, place: E08000030, cites: [document:plan@0-9]}\n"

    target = read_ledger(write(tmp_path, targets=text)).targets["a"]

    assert (target.measure, target.value) == (None, None)


def test_a_value_of_which_nobody_knows_what_it_counts_is_refused(tmp_path: Path) -> None:
    text = "- {code: a, name: A, place: E08000030, value: 40, cites: [document:plan@0-9]}\n"

    [line] = broken(write(tmp_path, targets=text))

    assert "targets.yaml, line 1: '0' is" in line
    assert "Wanted a measure beside the value: what it counts, and in which unit" in line


def test_a_date_before_its_start_is_a_fault(tmp_path: Path) -> None:
    text = PROGRAMME.replace("ends: 2026-03", "ends: 2023-12")

    assert faults(write(tmp_path, organisations=PAYER, programmes=text)) == [
        "ledger/programmes.yaml, line 1, key ends: 2023-12 comes before its start, 2024. Wanted an "
        "end after the start. Mend one of the two."
    ]


def test_an_end_within_the_period_of_the_start_is_none(tmp_path: Path) -> None:
    text = PROGRAMME.replace("ends: 2026-03", "ends: 2024-05")

    assert read_ledger(write(tmp_path, organisations=PAYER, programmes=text)).programmes


def test_a_date_that_is_none_is_refused_with_its_line(tmp_path: Path) -> None:
    text = PROGRAMME.replace("ends: 2026-03", "ends: next spring")

    [line] = broken(write(tmp_path, organisations=PAYER, programmes=text))

    assert "programmes.yaml, line 5: '0.ends' is 'next spring'. Wanted a year (2023)" in line


def test_a_target_that_is_due_before_its_baseline_is_a_fault(tmp_path: Path) -> None:
    text = (
        "- code: a\n  name: A\n  place: E08000030\n  measure: {counted: jobs, unit: jobs}\n"
        "  value: 5\n  by: 2020\n  baseline: {value: 3, period: 2022}\n  cites: [claim:a]\n"
    )

    [fault] = faults(write(tmp_path, targets=text))

    assert "line 1, key by: 2020 comes before the baseline, 2022" in fault


def test_money_without_a_currency_is_refused(tmp_path: Path) -> None:
    text = PROGRAMME.replace("      currency: GBP\n", "")

    [line] = broken(write(tmp_path, organisations=PAYER, programmes=text))

    assert "line 9: the key '0.money.0.currency' is missing" in line


def test_money_in_a_currency_that_is_none_is_a_fault(tmp_path: Path) -> None:
    for text in ("''", "£", "pounds"):
        folder = write(tmp_path, organisations=PAYER, programmes=PROGRAMME.replace("GBP", text))

        [fault] = faults(folder)

        assert "line 1, key currency: the currency of devices-money is" in fault


@pytest.mark.parametrize("amount", [".nan", ".inf"])
def test_an_amount_that_is_no_number_is_refused(tmp_path: Path, amount: str) -> None:
    text = PROGRAMME.replace("4000000", amount)

    [line] = broken(write(tmp_path, organisations=PAYER, programmes=text))

    assert "line 10: '0.money.0.amount'" in line


def test_an_upper_end_below_its_value_is_refused(tmp_path: Path) -> None:
    text = PROGRAMME.replace("amount: 4000000", "amount: 4000000\n      high: 3000000")

    [line] = broken(write(tmp_path, organisations=PAYER, programmes=text))

    assert "Wanted a lower end, and an upper one that is not below it" in line


def test_a_loop_of_parents_is_told_once(tmp_path: Path) -> None:
    text = "".join(
        f"- {{code: {code}, name: {code}, kind: agency, part_of: {parent}, cites: [claim:x]}}\n"
        for code, parent in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"))
    )

    assert faults(write(tmp_path, organisations=text)) == [
        "ledger/organisations.yaml, line 1, key part_of: a is part of b is part of c is part of a. "
        "Wanted parts that end at a whole. Take one of them out."
    ]


def test_a_programme_that_is_part_of_itself_is_a_loop(tmp_path: Path) -> None:
    text = PROGRAMME.replace("  lead: council", "  lead: council\n  part_of: devices")

    [fault] = faults(write(tmp_path, organisations=PAYER, programmes=text))

    assert "devices is part of devices" in fault


def test_a_code_that_stands_twice_is_told_with_both_lines(tmp_path: Path) -> None:
    folder = write(tmp_path, organisations=PAYER, organisations_more=PAYER)

    [fault] = faults(folder)

    assert "organisations.yaml, line 1, key code: 'council' stands in ledger/" in fault
    assert ", line 1, too" in fault


def test_names_of_what_is_not_there_are_told(tmp_path: Path) -> None:
    text = PROGRAMME.replace("council", "nobody").replace(
        "  places:", "  part_of: nothing\n  partners: [noone]\n  places:"
    )

    told = faults(write(tmp_path, programmes=text), Known(places={"E08000031"}))

    assert [line.split(", key ")[1].split(". Wanted")[0] for line in told] == [
        "lead: 'nobody' is no organisation",
        "partners: 'noone' is no organisation",
        "part_of: 'nothing' is no programme",
        "places: 'E08000030' is no place",
        "payer: 'nobody' is no organisation",
    ]


def test_citations_of_what_is_not_there_are_told(tmp_path: Path) -> None:
    text = PAYER.replace(
        "[document:plan@0-9]",
        "[document:plan@0-99, document:other, claim:a, source:b, observation:gva/E08000030/2023,\n"
        "    document:unread@5-9, claim:there, source:there, observation:there/E08000030/2023]",
    )
    known = Known(
        claims={"there"},
        documents={"plan": 50, "unread": 0},
        sources={"there"},
        has_observation=lambda cited: cited.startswith("there/"),
    )

    told = faults(write(tmp_path, organisations=text), known)

    assert [line.split("cites: ")[1].split(" is not there")[0] for line in told] == [
        "document:plan@0-99",
        "document:other",
        "claim:a",
        "source:b",
        "observation:gva/E08000030/2023",
    ]
    assert all("organisations.yaml, line 1" in line for line in told)


def test_an_indicator_that_is_none_is_told(tmp_path: Path) -> None:
    text = (
        "- code: a\n  name: A\n  place: E08000030\n"
        "  measure: {counted: jobs, unit: jobs, indicator: jbos}\n  value: 5\n  cites: [claim:a]\n"
    )

    [fault] = faults(write(tmp_path, targets=text), Known(indicators={"jobs"}))

    assert "key measure.indicator: 'jbos' is no indicator" in fault


def test_faults_of_several_files_are_told_together_in_order(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        organisations=PAYER + PAYER.replace("code: council", "code: other\n  part_of: nobody"),
        programmes="# A comment moves the line.\n" + PROGRAMME.replace("2026-03", "2020"),
        support="- {code: s, name: S, by: nobody, gives: help, needs: [advice], cites: []}\n",
    )

    told = [fault.split(": ")[0] for fault in faults(folder)]

    assert told == [
        "ledger/organisations.yaml, line 5, key part_of",
        "ledger/programmes.yaml, line 2, key ends",
        "ledger/support.yaml, line 1, key cites",
        "ledger/support.yaml, line 1, key by",
    ]


def test_a_partnership_of_one_is_refused(tmp_path: Path) -> None:
    text = "- {code: p, name: P, kind: partnership, members: [a, a], cites: [claim:x]}\n"

    [line] = broken(write(tmp_path, partnerships=text))

    assert "Wanted two members or more, each once" in line


def test_a_need_that_is_none_is_refused_with_those_there_are(tmp_path: Path) -> None:
    text = "- {code: s, name: S, by: a, gives: help, needs: [money], cites: [claim:x]}\n"

    [line] = broken(write(tmp_path, support=text))

    assert "Wanted of skills, finance, export, testbed, advice, space" in line


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    [line] = broken(write(tmp_path, organisations="code: a\nname: A\n"))

    assert "organisations.yaml" in line
    assert "Wanted a list" in line


def test_yaml_that_is_cut_is_refused_with_its_line(tmp_path: Path) -> None:
    [line] = broken(write(tmp_path, organisations="- code: a\n  name: [A\n"))

    assert "organisations.yaml, line 3" in line
