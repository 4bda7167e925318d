@NullMarked
package io.cardverification.replicas;

import org.jspecify.annotations.NullMarked;
