package io.tributary.playback.problem;

import io.tributary.contracts.api.ProblemType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * What Tomcat refuses before any servlet sees it (an encoded slash, a broken request line), as a
 * problem instead of a page.
 */
public final class ProblemValve extends ErrorReportValve {
  private static final int FIRST_ERROR = 400;
  private static final int FIRST_FAULT = 500;

  /** Made by Tomcat, by name. */
  public ProblemValve() {
    super();
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    int status = response.getStatus();
    if (status < FIRST_ERROR || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    ProblemType type = status < FIRST_FAULT ? ProblemType.MALFORMED : ProblemType.INTERNAL;
    // By hand: Tomcat builds this object, so there is nobody to hand it a JSON library.
    byte[] body =
        ("{\"type\":\""
                + type.uri()
                + "\",\"title\":\""
                + (type == ProblemType.MALFORMED ? "Malformed" : "Internal")
                + "\",\"status\":"
                + status
                + ",\"detail\":\"the request was refused\",\"retryable\":"
                + type.retryable()
                + "}")
            .getBytes(StandardCharsets.UTF_8);
    try {
      response.setContentType("application/problem+json");
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
      response.finishResponse();
    } catch (IOException | IllegalStateException _) {
      // The client is gone, or already has an answer.
    }
  }
}
