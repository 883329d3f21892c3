package io.tributary.gateway.routes;

import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.springframework.web.server.ResponseStatusException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/** How asking a replica went wrong. */
enum UpstreamFailure {
  /** It never got the request: anybody else may have it. */
  NOT_REACHED,
  /** It may have got the request, and is gone. */
  BROKEN,
  /** It may have got the request, and says nothing. */
  LATE;

  /** Reads an error of the HTTP client; empty if it is no replica's fault. */
  static Optional<UpstreamFailure> of(Throwable error) {
    return Optional.ofNullable(
        switch (error) {
          case ConnectTimeoutException noAnswer -> NOT_REACHED;
          case ConnectException refused -> NOT_REACHED;
          case NoRouteToHostException noRoute -> NOT_REACHED;
          case UnknownHostException noName -> NOT_REACHED;
          case PoolAcquireTimeoutException busy -> NOT_REACHED;
          case PoolAcquirePendingLimitException busy -> NOT_REACHED;
          case TimeoutException late -> LATE;
          case io.netty.handler.timeout.TimeoutException late -> LATE;
          case ResponseStatusException late when late.getStatusCode().value() == 504 -> LATE;
          case IOException brokenOff -> BROKEN;
          default -> null;
        });
  }
}
