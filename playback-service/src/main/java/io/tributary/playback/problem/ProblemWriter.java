package io.tributary.playback.problem;

import io.tributary.contracts.api.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems where no handler has been chosen yet: in filters. */
public final class ProblemWriter {
  private final JsonMapper json;

  public ProblemWriter(JsonMapper json) {
    this.json = json;
  }

  /** Answers with a problem. */
  public void write(HttpServletResponse response, ProblemType type, String detail)
      throws IOException {
    byte[] body = json.writeValueAsBytes(ProblemBody.of(type, detail));
    response.setStatus(type.status());
    response.setContentType("application/problem+json");
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
