package io.tributary.contracts.event;

import java.util.List;

/**
 * Every topic of the fleet, declared here and created by the control plane. A value is the JSON of
 * an {@link Event} and stays under {@link #MAX_VALUE_BYTES}. A state topic is compacted: the last
 * value of a key is the truth, a null value ends it.
 */
public final class Topics {
  /** Values beyond it are refused by their writer. */
  public static final int MAX_VALUE_BYTES = 512 * 1024;

  /** State, by {@code titleId/packageVersion}: {@link PackagePublished}. */
  public static final Topic PACKAGES = Topic.state("tributary.packages", 3);

  /** State, by {@code titleId/packageVersion}: {@link PackagePlaced}. */
  public static final Topic PLACEMENTS = Topic.state("tributary.placements", 3);

  /**
   * By node: {@link HeartbeatReceived}. Six partitions bound the control-plane replicas that share
   * the detector.
   */
  public static final Topic NODE_FACTS = Topic.stream("tributary.node-facts", 6, 1);

  /** State, by node: {@link NodeVerdict}. */
  public static final Topic NODE_VERDICTS = Topic.state("tributary.node-verdicts", 3);

  /** State, by {@code nodeId/titleId/packageVersion}: {@link PackageHeld}. */
  public static final Topic NODE_HOLDINGS = Topic.state("tributary.node-holdings", 3);

  /** State, by site: {@link SiteDescribed}. */
  public static final Topic SITES = Topic.state("tributary.sites", 1);

  /** State, by {@code nodeId/page}: {@link RoutesJudged}. */
  public static final Topic ROUTES = Topic.state("tributary.routes", 1);

  /** By title: {@link TranscodeRequested}. It wakes workers; the job record tells what to do. */
  public static final Topic TRANSCODES = Topic.stream("tributary.transcodes", 3, 24);

  /** By play: {@link PlayStarted}, {@link PlayRenewed}. */
  public static final Topic PLAYS = Topic.stream("tributary.plays", 6, 7 * 24);

  /** By play: {@link PlayReported}. */
  public static final Topic REPORTS = Topic.stream("tributary.reports", 6, 7 * 24);

  /** By node: {@link SegmentsServed}. */
  public static final Topic SERVE_LOGS = Topic.stream("tributary.serve-logs", 6, 7 * 24);

  /** State, by play: {@link PlayRevoked}. */
  public static final Topic REVOCATIONS = Topic.state("tributary.revocations", 1);

  /** By decision: {@link DecisionRecord}. */
  public static final Topic DECISIONS = Topic.stream("tributary.decisions", 6, 7 * 24);

  /** By node: {@link CorruptionFound}. */
  public static final Topic CORRUPTIONS = Topic.stream("tributary.corruptions", 1, 30 * 24);

  /** By actor: {@link AdminActed}. */
  public static final Topic AUDIT = Topic.stream("tributary.audit", 1, 30 * 24);

  /** All of them. */
  public static final List<Topic> ALL =
      List.of(
          PACKAGES,
          PLACEMENTS,
          NODE_FACTS,
          NODE_VERDICTS,
          NODE_HOLDINGS,
          SITES,
          ROUTES,
          TRANSCODES,
          PLAYS,
          REPORTS,
          SERVE_LOGS,
          REVOCATIONS,
          DECISIONS,
          CORRUPTIONS,
          AUDIT);

  private Topics() {}

  /**
   * A topic and how it is kept.
   *
   * @param name of the topic
   * @param partitions at its creation
   * @param isState whether it is compacted
   * @param retentionHours of a topic that is not; 0 for one that is
   */
  public record Topic(String name, int partitions, boolean isState, int retentionHours) {
    static Topic state(String name, int partitions) {
      return new Topic(name, partitions, true, 0);
    }

    static Topic stream(String name, int partitions, int retentionHours) {
      return new Topic(name, partitions, false, retentionHours);
    }
  }
}
