"""What the window does around its pages; it knows no page's business."""
