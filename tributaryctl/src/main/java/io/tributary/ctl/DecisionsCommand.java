package io.tributary.ctl;

import io.tributary.contracts.event.DecisionRecord;
import io.tributary.contracts.event.NodeKind;
import io.tributary.contracts.steering.ExplainedDecision;
import io.tributary.ctl.Console.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Why steering sends plays where it does. */
@Command(
    name = "decisions",
    description = "Why steering sends plays where it does.",
    synopsisSubcommandLabel = "VERB")
final class DecisionsCommand implements Runnable {
  private static final int NOT_THE_SAME = 1;

  private final Door door;
  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  DecisionsCommand(Door door, Console console) {
    this.door = door;
    this.console = console;
  }

  /** A verb is missing. */
  @Override
  public void run() {
    throw Usage.verbMissing(spec);
  }

  @Command(
      name = "explain",
      description = {
        "A decision of the last days, and whether its order follows from its record;",
        "ends with 1 if it does not."
      })
  int explain(
      @Parameters(paramLabel = "DECISION", description = "As a playback's answer names it.")
          String decisionId) {
    ExplainedDecision explained = door.open().decision(decisionId);
    List<List<String>> rows = rows(explained.record());
    rows.add(
        List.of(
            "recomputed",
            explained.recomputed().name().toLowerCase(Locale.ROOT).replace('_', '-')));
    explained.differences().forEach(difference -> rows.add(List.of("", difference)));
    console.answer(explained, Table.of(rows));
    return explained.recomputed() == ExplainedDecision.Recomputed.SAME ? 0 : NOT_THE_SAME;
  }

  @Command(name = "what-if", description = "What would be decided now, without a play.")
  int whatIf(
      @Parameters(paramLabel = "TITLE/VERSION", description = "The package.") String reference,
      @Option(
              names = "--address",
              paramLabel = "ADDRESS",
              required = true,
              description = "The viewer's IP address.")
          String address) {
    DecisionRecord record = door.open().whatIf(PackagesCommand.parse(spec, reference), address);
    console.answer(record, Table.of(rows(record)));
    return 0;
  }

  private static List<List<String>> rows(DecisionRecord record) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("decision", record.decisionId()));
    rows.add(List.of("decided at", Table.cell(record.decidedAt())));
    rows.add(List.of("play", record.playbackId()));
    rows.add(List.of("package", record.titleId() + "/" + record.packageVersion()));
    rows.add(List.of("client", Table.cell(record.clientAddress())));
    rows.add(
        List.of(
            "snapshot", record.snapshotVersion() + ", " + record.snapshotAgeMillis() + " ms old"));
    rows.add(List.of("policy", String.valueOf(record.policyVersion())));
    record.location().forEach(line -> rows.add(List.of("near", line)));
    rows.add(List.of("order", Table.cell(String.join(" ", record.order()))));
    for (String nodeId : record.order()) {
      record.candidates().stream()
          .filter(candidate -> candidate.nodeId().equals(nodeId))
          .forEach(candidate -> rows.add(row(candidate)));
    }
    record.candidates().stream()
        .filter(candidate -> !record.order().contains(candidate.nodeId()))
        .forEach(candidate -> rows.add(row(candidate)));
    return rows;
  }

  private static List<String> row(DecisionRecord.Candidate candidate) {
    List<String> words = new ArrayList<>();
    DecisionRecord.Facts facts = candidate.facts();
    if (facts != null && facts.kind() == NodeKind.EXTERNAL) {
      words.add("external CDN");
      words.add(
          "%d of %d Mbit/s sent there"
              .formatted(
                  Objects.requireNonNullElse(facts.reservedBitsPerSecond(), 0L) / 1_000_000,
                  facts.egressCapacityBitsPerSecond() / 1_000_000));
    } else {
      words.add("at " + candidate.siteId());
      if (facts != null) {
        words.add("tier " + Objects.requireNonNullElse(facts.tier(), 0));
      }
    }
    if (candidate.exclusion() != null) {
      words.add("excluded: " + candidate.exclusion());
    }
    for (Map.Entry<String, Double> score : new TreeMap<>(candidate.scores()).entrySet()) {
      words.add(score.getKey() + " " + String.format(Locale.ROOT, "%.4g", score.getValue()));
    }
    return List.of(candidate.nodeId(), String.join(", ", words));
  }
}
