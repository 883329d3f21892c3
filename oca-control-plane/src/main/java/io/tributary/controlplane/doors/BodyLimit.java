package io.tributary.controlplane.doors;

import io.tributary.contracts.api.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies that are larger than any of ours: by their announced length at once, else while
 * they are read.
 */
public final class BodyLimit extends OncePerRequestFilter {
  /** A full page of an inventory has under 256 KiB. */
  static final int MAX_BYTES = 512 * 1024;

  static final String DETAIL = "the body is too large (expected: at most " + MAX_BYTES + " bytes)";

  private final Problems problems;

  public BodyLimit(Problems problems) {
    this.problems = problems;
  }

  static boolean isCauseOf(Throwable e) {
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof TooLargeException) {
        return true;
      }
    }
    return false;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() > MAX_BYTES) {
      problems.write(response, ProblemType.BODY_TOO_LARGE, DETAIL);
      return;
    }
    chain.doFilter(new Limited(request), response);
  }

  private static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException() {
      super(DETAIL);
    }
  }

  private static final class Limited extends HttpServletRequestWrapper {
    private @Nullable ServletInputStream body;

    Limited(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      if (body == null) {
        body = new Counted(super.getInputStream());
      }
      return body;
    }
  }

  private static final class Counted extends ServletInputStream {
    private final ServletInputStream in;
    private int taken;

    Counted(ServletInputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      return value < 0 ? value : count(1, value);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int count = in.read(bytes, from, length);
      return count < 0 ? count : count(count, count);
    }

    private int count(int bytes, int answer) throws IOException {
      taken += bytes;
      if (taken > MAX_BYTES) {
        throw new TooLargeException();
      }
      return answer;
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
  }
}
