package io.tributary.oca.serve;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.tributary.oca.store.StoredFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request for a file that is held gets of it: conditions first, then the method, then the
 * range, in the order of RFC 9110, section 13.2.2.
 *
 * <p>Pure.
 */
sealed interface FileAnswer {
  /** 412: the client meant another file. */
  record ConditionFailed() implements FileAnswer {}

  /** 304: the client has it. */
  record NotModified() implements FileAnswer {}

  /** 416: no byte of the range is there. */
  record RangeOutside() implements FileAnswer {}

  /** 200 without a body, for {@code HEAD}. */
  record HeadersOnly() implements FileAnswer {}

  /** Bytes of the file are sent. */
  sealed interface Bytes extends FileAnswer {
    /** The first byte's position. */
    long first();

    /** How many; 0 for an empty file. */
    long length();
  }

  /** 200. */
  record Whole(long length) implements Bytes {
    @Override
    public long first() {
      return 0;
    }
  }

  /** 206; the range has a byte at least. */
  record Part(ByteRange.Part range) implements Bytes {
    @Override
    public long first() {
      return range.first();
    }

    @Override
    public long length() {
      return range.length();
    }
  }

  /** Decides; never throws for any headers. */
  static FileAnswer decide(HttpRequest request, StoredFile file) {
    HttpHeaders asked = request.headers();
    String etag = etag(file);
    return switch (Preconditions.decide(conditions(asked), etag, file.lastModified())) {
      case FAILED -> new ConditionFailed();
      case NOT_MODIFIED -> new NotModified();
      case PROCEED ->
          // RFC 9110, section 14.2: a range is for GET alone.
          request.method().equals(HttpMethod.HEAD) ? new HeadersOnly() : bytes(asked, etag, file);
    };
  }

  /** The file's strong tag, in its quotes. */
  static String etag(StoredFile file) {
    return "\"" + file.sha256() + "\"";
  }

  private static FileAnswer bytes(HttpHeaders asked, String etag, StoredFile file) {
    boolean rangeApplies =
        Preconditions.rangeApplies(asked.get(HttpHeaderNames.IF_RANGE), etag, file.lastModified());
    if (!rangeApplies) {
      return new Whole(file.bytes());
    }
    return switch (ByteRange.of(singleRange(asked), file.bytes())) {
      case ByteRange.Whole _ -> new Whole(file.bytes());
      case ByteRange.Part part -> new Part(part);
      case ByteRange.Unsatisfiable _ -> new RangeOutside();
    };
  }

  private static Preconditions.Conditions conditions(HttpHeaders headers) {
    String ifMatch = headers.get(HttpHeaderNames.IF_MATCH);
    String ifUnmodified = headers.get(HttpHeaderNames.IF_UNMODIFIED_SINCE);
    String ifNoneMatch = headers.get(HttpHeaderNames.IF_NONE_MATCH);
    String ifModified = headers.get(HttpHeaderNames.IF_MODIFIED_SINCE);
    return ifMatch == null && ifUnmodified == null && ifNoneMatch == null && ifModified == null
        ? Preconditions.Conditions.NONE
        : new Preconditions.Conditions(ifMatch, ifUnmodified, ifNoneMatch, ifModified);
  }

  private static @Nullable String singleRange(HttpHeaders headers) {
    List<String> ranges = headers.getAll(HttpHeaderNames.RANGE);
    return ranges.size() == 1 ? ranges.getFirst() : null;
  }
}
