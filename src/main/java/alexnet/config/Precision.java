package alexnet.config;

/** In which numbers convolutions and fully connected layers multiply. Sums, weights and their gradients are always fp32. */
public enum Precision {
    /** 32 bits. */
    FP32,
    /** Operands and outputs of 16 bits: the exponent of fp32 and 8 bits of significand. */
    BF16
}
