package io.tributary.playback.problem;

import io.tributary.contracts.api.ProblemType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Refuses bodies beyond a limit: by what they announce, or else once so much was read. Stateless.
 */
public final class BodyLimitFilter implements Filter {
  private final long maxBytes;
  private final ProblemWriter problems;

  /**
   * Limits every body.
   *
   * @param maxBytes of the largest body that any path of this service takes
   */
  public BodyLimitFilter(long maxBytes, ProblemWriter problems) {
    this.maxBytes = maxBytes;
    this.problems = problems;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    if (http.getContentLengthLong() > maxBytes) {
      problems.write(
          (HttpServletResponse) response,
          ProblemType.BODY_TOO_LARGE,
          "Content-Length is "
              + http.getContentLengthLong()
              + " (expected: at most "
              + maxBytes
              + " bytes)");
    } else if (http.getContentLengthLong() >= 0) {
      chain.doFilter(request, response);
    } else {
      chain.doFilter(new Limited(http, maxBytes), response);
    }
  }

  private static final class Limited extends HttpServletRequestWrapper {
    private final long maxBytes;

    Limited(HttpServletRequest request, long maxBytes) {
      super(request);
      this.maxBytes = maxBytes;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new Counted(super.getInputStream(), maxBytes);
    }
  }

  private static final class Counted extends ServletInputStream {
    private final ServletInputStream in;
    private final long maxBytes;
    private long read;

    Counted(ServletInputStream in, long maxBytes) {
      this.in = in;
      this.maxBytes = maxBytes;
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = in.read(buffer, offset, length);
      count(Math.max(0, count));
      return count;
    }

    @Override
    public boolean isFinished() {
      return in.isFinished();
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      in.setReadListener(listener);
    }

    private void count(int more) throws IOException {
      read += more;
      if (read > maxBytes) {
        throw new BodyTooLargeException(maxBytes);
      }
    }
  }
}
