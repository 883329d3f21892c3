package io.tributary.steering;

import static io.tributary.settings.SettingCheck.check;

import io.tributary.steering.contentsteering.FaceConfig;
import io.tributary.steering.explain.DecisionLogConfig;
import io.tributary.steering.external.ExternalCdnConfig;
import io.tributary.steering.nearness.NearnessConfig;
import io.tributary.steering.snapshot.FeedConfig;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings {@code steering}. Every default is in {@code application.yml}.
 *
 * @param stateDirectory where this process alone keeps its snapshot
 * @param feed how the fleet's state is followed
 * @param nearness where the operator says which sites are near whom
 * @param decisionLog how decisions are recorded
 * @param face where players ask while they play
 * @param externalCdn who carries what the fleet's own nodes cannot
 */
@ConfigurationProperties(prefix = "steering", ignoreUnknownFields = false)
record SteeringProperties(
    Path stateDirectory,
    FeedConfig feed,
    NearnessConfig nearness,
    DecisionLogConfig decisionLog,
    FaceConfig face,
    ExternalCdnConfig externalCdn) {
  SteeringProperties {
    check(stateDirectory != null, "state-directory", "missing", "a folder");
  }
}
