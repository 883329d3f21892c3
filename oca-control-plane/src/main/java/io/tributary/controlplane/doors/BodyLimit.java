package io.tributary.controlplane.doors;

import io.tributary.bearer.http.BearerFilter;
import io.tributary.contracts.api.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies that are larger than any of ours: by their announced length at once, else while
 * they are read. A heartbeat has little to say, and so many may be in work that their bound is
 * lower. A body may come as gzip, which every answer says (RFC 7694); then its length is what it
 * inflates to.
 */
public final class BodyLimit extends OncePerRequestFilter {
  /** A full page of an inventory has under 256 KiB. */
  private static final int MAX_BYTES = 512 * 1024;

  /** Ours have under 2 KiB with the longest of reasons that is taken. */
  private static final int MAX_HEARTBEAT_BYTES = 64 * 1024;

  private static final String GZIP = "gzip";

  private final Problems problems;

  public BodyLimit(Problems problems) {
    this.problems = problems;
  }

  /** What to tell the caller, if this was the cause of a failure. */
  static Optional<String> refusal(Throwable e) {
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof TooLargeException) {
        return Optional.of(String.valueOf(cause.getMessage()));
      }
    }
    return Optional.empty();
  }

  private static String detail(int maxBytes) {
    return "the body is too large (expected: at most " + maxBytes + " bytes)";
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader(HttpHeaders.ACCEPT_ENCODING, GZIP);
    int maxBytes =
        BearerFilter.path(request).equals(NodeDoorFilter.HEARTBEATS)
            ? MAX_HEARTBEAT_BYTES
            : MAX_BYTES;
    if (request.getContentLengthLong() > maxBytes) {
      problems.write(response, ProblemType.BODY_TOO_LARGE, detail(maxBytes));
      return;
    }
    @Nullable String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding == null || encoding.equalsIgnoreCase("identity")) {
      chain.doFilter(new Limited(request, maxBytes), response);
    } else if (encoding.equalsIgnoreCase(GZIP)) {
      switch (CompressedBody.read(request.getInputStream(), maxBytes)) {
        case CompressedBody.Inflated(InputStream bytes, int length) ->
            chain.doFilter(new Inflated(request, new Whole(bytes), length), response);
        case CompressedBody.TooLarge() ->
            problems.write(response, ProblemType.BODY_TOO_LARGE, detail(maxBytes));
        case CompressedBody.Broken(String reason) ->
            problems.write(
                response, ProblemType.MALFORMED, "the body could not be read: " + reason);
      }
    } else {
      problems.write(
          response,
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          "Content-Encoding is " + encoding + " (expected: " + GZIP + ", or none)");
    }
  }

  private static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(int maxBytes) {
      super(detail(maxBytes));
    }
  }

  private static final class Limited extends HttpServletRequestWrapper {
    private final int maxBytes;
    private @Nullable ServletInputStream body;

    Limited(HttpServletRequest request, int maxBytes) {
      super(request);
      this.maxBytes = maxBytes;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      if (body == null) {
        body = new Counted(super.getInputStream(), maxBytes);
      }
      return body;
    }
  }

  private static final class Inflated extends HttpServletRequestWrapper {
    private final ServletInputStream body;
    private final int length;

    Inflated(HttpServletRequest request, ServletInputStream body, int length) {
      super(request);
      this.body = body;
      this.length = length;
    }

    @Override
    public ServletInputStream getInputStream() {
      return body;
    }

    @Override
    public int getContentLength() {
      return length;
    }

    @Override
    public long getContentLengthLong() {
      return length;
    }
  }

  /** A body that was read before. */
  private static final class Whole extends ServletInputStream {
    private final InputStream in;

    Whole(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      return in.read(bytes, from, length);
    }

    @Override
    public boolean isFinished() {
      try {
        return in.available() == 0;
      } catch (IOException e) {
        return true;
      }
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("handlers here block");
    }
  }

  private static final class Counted extends ServletInputStream {
    private final ServletInputStream in;
    private final int maxBytes;
    private int taken;

    Counted(ServletInputStream in, int maxBytes) {
      this.in = in;
      this.maxBytes = maxBytes;
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
      if (taken > maxBytes) {
        throw new TooLargeException(maxBytes);
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
