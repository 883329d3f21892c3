package io.tributary.steering;

import io.tributary.steering.explain.DecisionLogConfig;
import io.tributary.steering.snapshot.FeedConfig;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of steering-service. Every default is in {@code application.yml}.
 *
 * @param stateDirectory of this process alone: the saved snapshot
 * @param feed how the fleet's state is followed
 * @param decisionLog how decisions are recorded
 */
@ConfigurationProperties("steering")
record SteeringProperties(Path stateDirectory, FeedConfig feed, DecisionLogConfig decisionLog) {}
