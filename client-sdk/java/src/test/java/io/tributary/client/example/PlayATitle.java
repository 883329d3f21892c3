package io.tributary.client.example;

import io.tributary.client.Play;
import io.tributary.client.PlayEvent;
import io.tributary.client.PlayOptions;
import io.tributary.client.PlayReport;
import io.tributary.client.TributaryClient;
import io.tributary.client.error.PlayError;
import java.net.URI;

/** Plays the first title that can be played, and says how it went. */
public final class PlayATitle {
  private PlayATitle() {}

  /** Arguments: the gateway's URL and a bearer token. */
  public static void main(String[] args) throws InterruptedException {
    URI gateway = URI.create(args[0]);
    TributaryClient client = TributaryClient.builder(gateway).bearerToken(() -> args[1]).build();
    String titleId = client.titles(null).titles().get(0).id();

    try (Play play = client.open(titleId, PlayOptions.defaults())) {
      play.addListener(PlayATitle::tell);
      play.start();
      PlayReport report = play.awaitEnd();

      PlayError error = report.error();
      if (error != null) {
        System.err.println(error.code().word() + ": " + error.message());
        System.err.println(error.whatToDo());
        return;
      }
      System.out.println("played " + report.playedMillis() + " ms from " + report.nodes());
    }
  }

  private static void tell(PlayEvent event) {
    if (event instanceof PlayEvent.Started started) {
      System.out.println("started after " + started.startupMillis() + " ms");
    } else if (event instanceof PlayEvent.NodeSwitched switched) {
      System.out.println(switched.from() + " -> " + switched.to() + ": " + switched.reason());
    } else if (event instanceof PlayEvent.RebufferStarted frozen) {
      System.out.println("frozen at " + frozen.positionMillis() + " ms");
    }
  }
}
