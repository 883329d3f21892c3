@NullMarked
package io.tributary.controlplane;

import org.jspecify.annotations.NullMarked;
