//! Tables: certificates on their way to their holders, and the stock of blank forms.
