package io.tributary.steering.reports;

import io.tributary.contracts.api.PlayEvent;
import io.tributary.contracts.api.PlayEventKind;
import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.PlayReported;
import io.tributary.contracts.media.PackageRef;
import io.tributary.steering.location.ClientNetwork;
import io.tributary.steering.location.IpPrefix;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads records of the topic of reports. Never throws for any text: a bad record is a {@link
 * Reading.Unreadable} with its reason. Stateless; safe for use by many threads.
 */
final class ReportReader {
  private static final int KNOWN_VERSION = 1;
  private static final Pattern PLAY = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern NODE = Pattern.compile(PackageRef.ID_PATTERN);
  private static final TypeReference<Event<PlayReported>> REPORTED = new TypeReference<>() {};

  private final JsonMapper json;

  ReportReader(JsonMapper json) {
    this.json = json;
  }

  /** What a record is. */
  sealed interface Reading {
    /** A viewer's report. */
    record Heard(Report report) implements Reading {}

    /** A good record that says nothing of nodes: a test's, or from nobody knows where. */
    record Silent() implements Reading {}

    /** Anything else. */
    record Unreadable(String reason) implements Reading {}
  }

  /** Reads a record's value. */
  Reading read(@Nullable String value) {
    if (value == null) {
      return new Reading.Unreadable("value is absent (expected: a " + PlayReported.TYPE + ")");
    }
    try {
      Event<PlayReported> event = json.readValue(value, REPORTED);
      @Nullable Object data = event == null ? null : event.data();
      if (event == null || data == null) {
        return new Reading.Unreadable("data is absent (expected: a " + PlayReported.TYPE + ")");
      }
      if (!PlayReported.TYPE.equals(event.type()) || event.version() > KNOWN_VERSION) {
        return new Reading.Unreadable(
            "type, version are "
                + event.type()
                + ", "
                + event.version()
                + " (expected: "
                + PlayReported.TYPE
                + ", at most "
                + KNOWN_VERSION
                + ")");
      }
      // Faults made for a test must not move viewers' plays.
      boolean isViewers = event.cohort() == Cohort.REAL || event.cohort() == Cohort.CANARY;
      return isViewers ? read(event.data()) : new Reading.Silent();
    } catch (JacksonException e) {
      return new Reading.Unreadable("value is no event of this topic: " + e.getOriginalMessage());
    } catch (IllegalArgumentException
        | NullPointerException
        | DateTimeException
        | ArithmeticException e) {
      return new Reading.Unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static Reading read(PlayReported told) {
    if (!PLAY.matcher(told.playbackId()).matches()) {
      return new Reading.Unreadable(
          "playbackId is " + told.playbackId() + " (expected: " + PLAY + ")");
    }
    if (told.clientAddress().isEmpty()) {
      return new Reading.Silent();
    }
    ClientNetwork network = new ClientNetwork(IpPrefix.parse(told.clientAddress()));
    Instant sentAt = told.receivedAt().plusMillis(told.clockSkewMillis());
    Set<String> named = new HashSet<>();
    Set<String> blamed = new HashSet<>();
    for (PlayEvent event : told.events()) {
      String nodeId = event.nodeId();
      // A client that was offline tells late of what was its own trouble.
      if (nodeId == null || event.time().isBefore(sentAt.minus(ErrorReports.WINDOW))) {
        continue;
      }
      if (!NODE.matcher(nodeId).matches()) {
        return new Reading.Unreadable("nodeId is " + nodeId + " (expected: " + NODE + ")");
      }
      named.add(nodeId);
      if (event.kind() == PlayEventKind.ERROR) {
        blamed.add(nodeId);
      }
    }
    return named.isEmpty()
        ? new Reading.Silent()
        : new Reading.Heard(
            new Report(told.playbackId(), network, told.receivedAt(), named, blamed));
  }
}
