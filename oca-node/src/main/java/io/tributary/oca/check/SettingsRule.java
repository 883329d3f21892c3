package io.tributary.oca.check;

import java.util.ArrayList;
import java.util.List;

/** Each wrong setting is a failure of its own; a misspelt or forgotten one is told. */
final class SettingsRule {
  static final String CHECK = "settings";

  private SettingsRule() {}

  static List<Finding> judge(SettingsFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (String refusal : facts.refused()) {
      // It says itself what was expected.
      findings.add(
          new Finding(
              CHECK,
              Verdict.FAILED,
              refusal,
              null,
              "correct it: a node does not start with it (checked on with its default)"));
    }
    for (String name : facts.unknown()) {
      findings.add(
          Finding.warning(
              CHECK,
              name + " is no setting",
              "a name that oca-node knows",
              "correct its spelling, or remove it: it does nothing"));
    }
    for (String name : facts.missing()) {
      findings.add(
          Finding.warning(
              CHECK,
              name + " is not set",
              "this node's own",
              "set it: its default is for a fleet on one machine"));
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok(CHECK, facts.read() + " settings read, none refused"));
    }
    return findings;
  }
}
