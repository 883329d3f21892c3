package io.tributary.client;

import io.tributary.client.abr.AbrConfig;
import io.tributary.client.abr.BitrateRule;
import io.tributary.client.loading.LoadingConfig;
import io.tributary.client.playback.PlaybackApi;
import io.tributary.client.time.Ticker;
import io.tributary.client.transport.Transport;
import java.util.Random;

/** What all plays of a client are made of. Every part is safe for use by many threads. */
record PlayParts(
    PlaybackApi api,
    Transport transport,
    AbrConfig abr,
    BitrateRule bitrateRule,
    LoadingConfig loading,
    Ticker ticker,
    Random random) {}
