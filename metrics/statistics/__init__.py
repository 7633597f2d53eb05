"""The statistics behind the metrics, each from a published source; frames in, frames out."""
